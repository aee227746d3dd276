import { createHash } from "node:crypto";

/** A seeded source of chance: the same words give the same sequence, whatever was drawn elsewhere. */
export interface Chance {
  /** a whole number from `low` to `high`, both included */
  readonly between: (low: number, high: number) => number;
  readonly pick: <T>(list: readonly [T, ...T[]]) => T;
}

export function chance(...words: string[]): Chance {
  let state = createHash("sha256").update(words.join("\n")).digest().readUInt32LE(0);
  // mulberry32: 32 bits of state are plenty for a demonstration
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return { between, pick: (list) => list[between(0, list.length - 1)] ?? list[0] };
}
