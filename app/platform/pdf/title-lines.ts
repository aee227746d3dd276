import { breakLines, tidyText, unbreakablePieces, type WidthOf } from "./line-break";

/** Words and endings that read badly at the start of a title's line, as the dictionary cuts them off. */
const WEAK_START = new Set([..."的了和与及或暨等化性率局委办厅"]);
/** What a badly read break costs: as much as two lines of which each is half the ideal length off. */
const BAD_BREAK_COST = 0.5;

/**
 * Breaks a title into as few lines as hold it, of lengths as equal as whole words allow.
 * @unit maxWidth in the unit of widthOf
 * @source GB/T 9704-2012 7.3.1; domain.md §10
 */
export function balancedTitleLines(title: string, widthOf: WidthOf, maxWidth: number): string[] {
  const text = tidyText(title);
  const words = wordsThatMayPart(text);
  const fewest = Math.max(1, Math.ceil(widthOf(text) / maxWidth));
  for (let count = fewest; count <= Math.min(words.length, fewest + 2); count++) {
    const lines = mostEqual(words, count, widthOf, maxWidth);
    if (lines) return lines;
  }
  return breakLines(text, { widthOf, first: maxWidth, rest: maxWidth });
}

/** Words of the dictionary, joined where punctuation forbids a line to end between them. */
function wordsThatMayPart(text: string): string[] {
  const legalEnds = new Set<number>();
  let end = 0;
  for (const piece of unbreakablePieces(text)) legalEnds.add((end += piece.length));

  const words: string[] = [];
  let start = 0;
  for (const { segment, index } of new Intl.Segmenter("zh-CN", { granularity: "word" }).segment(text)) {
    const after = index + segment.length;
    if (!legalEnds.has(after)) continue;
    words.push(text.slice(start, after));
    start = after;
  }
  return words;
}

/** The division into `count` lines with the least sum of squared deviations, or undefined when a line overflows. */
function mostEqual(words: string[], count: number, widthOf: WidthOf, maxWidth: number): string[] | undefined {
  const ideal = widthOf(words.join("")) / count;
  const costOf = (from: number, to: number): number => {
    const line = words.slice(from, to).join("").trimEnd();
    const width = widthOf(line);
    if (width > maxWidth) return Infinity;
    const isWeak = from > 0 && WEAK_START.has(words[from] ?? "");
    const cutsName = countOf(line, "《") !== countOf(line, "》");
    return ((width - ideal) / ideal) ** 2 + (isWeak || cutsName ? BAD_BREAK_COST : 0);
  };

  interface Division {
    cost: number;
    lines: string[];
  }
  let divisions: (Division | undefined)[] = [{ cost: 0, lines: [] }];
  for (let line = 0; line < count; line++) {
    const longer: (Division | undefined)[] = [];
    for (let end = line + 1; end <= words.length; end++) {
      for (let start = line; start < end; start++) {
        const before = divisions[start];
        if (!before) continue;
        const cost = before.cost + costOf(start, end);
        const text = words.slice(start, end).join("").trimEnd();
        if (cost < (longer[end]?.cost ?? Infinity)) longer[end] = { cost, lines: [...before.lines, text] };
      }
    }
    divisions = longer;
  }
  return divisions[words.length]?.lines;
}

const countOf = (text: string, char: string): number => text.split(char).length - 1;
