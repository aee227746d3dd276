/** Millimetres as points, the unit of every figure here. @unit mm in, pt out */
export const mm = (value: number): number => (value * 72) / 25.4;

/** A4. @unit pt */
export const PAGE = { width: mm(210), height: mm(297) } as const;

/** 版心, the text block: 37 mm from the top, 28 mm from the binding edge. @unit pt @source GB/T 9704-2012 5.2.1 */
export const BLOCK = { left: mm(28), top: mm(37), width: mm(156), height: mm(225) } as const;

/** 22 lines of 28 characters fill the text block. @source GB/T 9704-2012 5.2.2 */
const CHARACTERS_PER_LINE = 28;

/** Width of one character with its share of the line. @unit pt */
export const CELL = BLOCK.width / CHARACTERS_PER_LINE;

/** Line pitch: 22 × 28.95 pt = 224.7 mm; the usual fixed 29 pt would leave room for 21 lines only. @unit pt */
export const PITCH = 28.95;

/** 2号, 3号, 4号, and the sizes that the standard leaves free. @unit pt */
export const SIZE = { title: 22, body: 16, small: 14, table: 12, note: 10, largestMark: 42 } as const;

/** Top of a character's box above its baseline, in parts of the size: the same for all Chinese faces. */
export const BOX_ASCENT = 0.88;

/** Where the drawn strokes of a display character begin below the top of its box, in parts of the size. */
export const INK_INSET = 0.025;
