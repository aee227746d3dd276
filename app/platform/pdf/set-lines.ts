import { breakLines, endsInClosingMark, tidyText } from "./line-break";
import type { Band } from "./paginate";
import { BLOCK, BOX_ASCENT, CELL, PITCH, SIZE } from "./page-geometry";
import { BLACK, type PlacedText } from "./placed";
import type { Face, TextMeasure } from "./text-measure";

export interface TextStyle {
  readonly face: Face;
  readonly size: number;
  /** added after every character @unit pt */
  readonly tracking: number;
}

/** 3号 characters drawn 28 to the line: a hair closer than their size. @unit pt */
const TRACKING = CELL - SIZE.body;

export const BODY: TextStyle = { face: "body", size: SIZE.body, tracking: TRACKING };
export const HEADING_ONE: TextStyle = { face: "headingOne", size: SIZE.body, tracking: TRACKING };
export const HEADING_TWO: TextStyle = { face: "headingTwo", size: SIZE.body, tracking: TRACKING };
export const TITLE: TextStyle = { face: "title", size: SIZE.title, tracking: 0 };

/** Where the line's room begins and ends, from the text block's left edge. @unit pt */
interface Room {
  readonly left: number;
  readonly width: number;
}

const WHOLE_LINE: Room = { left: 0, width: BLOCK.width };

/** A gap may shrink by this part of the size to pull a closing mark in, and grow by that to fill a line. */
const MOST_SHRINK = 0.02;
const MOST_STRETCH = 0.2;

const count = (text: string): number => [...text].length;

/** Width of a text in a style, the last character's tracking included. @unit pt */
export function widthIn(style: TextStyle, measure: TextMeasure): (text: string) => number {
  return (text) => measure(style.face, text) * style.size + count(text) * style.tracking;
}

/** A text at its natural width, its baseline such that its characters stand in the middle of a strip. @unit pt */
export function placeText(
  text: string,
  style: TextStyle,
  place: { readonly x: number; readonly top: number; readonly height: number; readonly color?: string },
  measure: TextMeasure,
): PlacedText {
  return {
    kind: "text",
    text,
    face: style.face,
    size: style.size,
    x: place.x,
    baseline: place.top + (place.height - style.size) / 2 + BOX_ASCENT * style.size,
    width: widthIn(style, measure)(text),
    letterSpacing: style.tracking,
    color: place.color ?? BLACK,
  };
}

/** Spreads or tightens a line's characters so that it fills its room; the blank half of a closing mark may stand out. */
function justified(line: PlacedText, room: number): PlacedText {
  const gaps = count(line.text) - 1;
  const overhang = endsInClosingMark(line.text) ? line.size / 2 : 0;
  const target = line.width > room ? Math.min(line.width, room + overhang) : room;
  const change = gaps > 0 ? (target - line.width) / gaps : 0;
  if (change > line.size * MOST_STRETCH) return line;
  return { ...line, width: target, letterSpacing: line.letterSpacing + change };
}

/** A paragraph as bands of one line each, both edges straight. @unit pt */
export function paragraphBands(text: string, style: TextStyle, indent: number, measure: TextMeasure): Band[] {
  const lines = breakLines(text, {
    widthOf: widthIn(style, measure),
    first: BLOCK.width - indent,
    rest: BLOCK.width,
    pullIn: { overhang: style.size / 2, perGap: style.size * MOST_SHRINK },
  });
  return lines.map((line, index) => {
    const left = index === 0 ? indent : 0;
    const placed = placeText(line, style, { x: left, top: 0, height: PITCH }, measure);
    const isLast = index === lines.length - 1;
    const fitted = isLast && placed.width <= BLOCK.width - left ? placed : justified(placed, BLOCK.width - left);
    return { height: PITCH, items: [fitted], onLine: true };
  });
}

/** Lines with a ragged right edge in a room, for lists and names. */
export function raggedLines(text: string, style: TextStyle, room: Room, measure: TextMeasure): PlacedText[] {
  const lines = breakLines(text, { widthOf: widthIn(style, measure), first: room.width, rest: room.width });
  return lines.map((line) => placeText(line, style, { x: room.left, top: 0, height: PITCH }, measure));
}

/** One centred line. */
export function centredBand(text: string, style: TextStyle, measure: TextMeasure, room: Room = WHOLE_LINE): Band {
  const line = placeText(tidyText(text), style, { x: 0, top: 0, height: PITCH }, measure);
  return { height: PITCH, items: [{ ...line, x: room.left + (room.width - line.width) / 2 }], onLine: true };
}

export const emptyLines = (lines: number): Band => ({ height: lines * PITCH, items: [], onLine: true, gap: true });

/** The same bands, of which none is left behind by the next. */
export const keptWithNext = (bands: readonly Band[]): Band[] => bands.map((band) => ({ ...band, keepWithNext: true }));
