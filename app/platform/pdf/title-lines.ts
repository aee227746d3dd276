import { breakLines, tidyText, unbreakablePieces, type WidthOf } from "./line-break";

/** Words that read badly at the start of a title's line. */
const WEAK_START = new Set(["的", "了", "和", "与", "及", "或", "暨", "等"]);
/** As much worse as a line that is this part of the title too long or too short. */
const WEAK_START_COST = 0.15;

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
  const costOf = (line: string, isFirst: boolean): number => {
    const width = widthOf(line.trimEnd());
    if (width > maxWidth) return Infinity;
    const weak = !isFirst && WEAK_START.has([...line][0] ?? "");
    return ((width - ideal) / ideal) ** 2 + (weak ? WEAK_START_COST : 0);
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
        const text = words.slice(start, end).join("");
        const cost = before.cost + costOf(text, line === 0);
        if (cost < (longer[end]?.cost ?? Infinity)) longer[end] = { cost, lines: [...before.lines, text.trimEnd()] };
      }
    }
    divisions = longer;
  }
  return divisions[words.length]?.lines;
}
