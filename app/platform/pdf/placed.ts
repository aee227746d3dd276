import type { Face } from "./text-measure";

/** One line of text, placed: nothing is left for the renderer to decide. @unit pt, from the page's top left corner */
export interface PlacedText {
  readonly kind: "text";
  readonly text: string;
  readonly face: Face;
  readonly size: number;
  readonly x: number;
  readonly baseline: number;
  readonly width: number;
  readonly letterSpacing: number;
  readonly color: string;
}

/** A filled rectangle: a rule or a table line. @unit pt */
export interface PlacedRule {
  readonly kind: "rule";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly color: string;
}

export type Placed = PlacedText | PlacedRule;
export type ComposedPage = readonly Placed[];

export const BLACK = "#000000";

export function moved(item: Placed, dx: number, dy: number): Placed {
  if (item.kind === "text") return { ...item, x: item.x + dx, baseline: item.baseline + dy };
  return { ...item, x: item.x + dx, y: item.y + dy };
}
