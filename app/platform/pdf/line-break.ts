/** Width of a text on one line. */
export type WidthOf = (text: string) => number;

interface LineWidths {
  readonly widthOf: WidthOf;
  /** room on the first line, in the unit of widthOf */
  readonly first: number;
  /** room on the others */
  readonly rest: number;
  /** For justified text: how far a closing mark may be pulled in rather than pushing a character out. */
  readonly pullIn?: {
    /** the empty half of a closing mark, which may stand beyond the edge */
    readonly overhang: number;
    /** how much each gap of the line may shrink */
    readonly perGap: number;
  };
}

const CLOSING = new Set("，。、；：？！）》」』】〕〉］｝”’");
const NO_LINE_START = new Set([...CLOSING, ..."％‰℃°～·・々,.;:?!)]}%/-–_@&+'"]);
const NO_LINE_END = new Set("（《「『【〔〈［｛“‘￥＄¥$([{#/");
/** Hold Latin letters and digits together: 2026-07-20, 1,234.5, a@b.cn */
const CONNECTORS = new Set(",.:/-–_@&+'");
const DOUBLED = new Set("—…");

const isLatin = (char: string): boolean => /[A-Za-z0-9\u00c0-\u024f]/.test(char);
const isMark = (char: string): boolean => /\p{M}/u.test(char);

function staysTogether(left: string, right: string): boolean {
  if (NO_LINE_START.has(right) || NO_LINE_END.has(left) || isMark(right) || right === " ") return true;
  if (isLatin(right)) return isLatin(left) || CONNECTORS.has(left);
  return left === right && DOUBLED.has(left);
}

/**
 * The pieces of a text between which a line may end: no closing punctuation starts a line, no opening punctuation ends
 * one, numbers, Latin words and doubled dashes or ellipses stay whole.
 * @source GB/T 15834-2011 5.1; domain.md §10
 */
export function unbreakablePieces(text: string): string[] {
  const pieces: string[] = [];
  let left = "";
  for (const char of text) {
    if (left && staysTogether(left, char)) pieces.push((pieces.pop() ?? "") + char);
    else pieces.push(char);
    left = char;
  }
  return pieces;
}

/** One space for every run of white space and control characters, none at the ends; no invisible characters. */
export const tidyText = (text: string): string =>
  text
    .replace(/[\p{Cf}\p{Variation_Selector}]/gu, "")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();

/** Does the text end in a mark whose right half is empty? */
export const endsInClosingMark = (text: string): boolean => CLOSING.has(text.slice(-1));

/** Sums of widths differ from the room that they fill exactly by the last bits of the fractions. */
const ROUNDING = 0.01;

/**
 * Fills lines from the first to the last. A piece that is wider than a line is cut where it must be. Never empty: a
 * text without content is one empty line.
 */
export function breakLines(text: string, widths: LineWidths): string[] {
  const { widthOf, pullIn } = widths;
  const lines: string[] = [];
  let line = "";
  let used = 0;

  const fits = (candidate: string, width: number): boolean => {
    const excess = width - (lines.length === 0 ? widths.first : widths.rest);
    if (excess <= ROUNDING) return true;
    if (!pullIn || !endsInClosingMark(candidate)) return false;
    return excess - pullIn.overhang <= pullIn.perGap * ([...candidate].length - 1);
  };
  const endLine = () => {
    if (line) lines.push(line.trimEnd());
    [line, used] = ["", 0];
  };
  const append = (piece: string) => {
    const width = widthOf(piece.trimEnd());
    if (!fits(line + piece.trimEnd(), used + width)) endLine();
    line += piece;
    used += piece.endsWith(" ") ? widthOf(piece) : width;
  };

  const narrowest = Math.min(widths.first, widths.rest);
  for (const piece of unbreakablePieces(tidyText(text))) {
    if (widthOf(piece.trimEnd()) <= narrowest) append(piece);
    else for (const char of piece) append(char);
  }
  endLine();
  return lines.length > 0 ? lines : [""];
}
