import { describe, expect, it } from "vitest";

import { sealBlock, verifyBlock, type Block, type SealedRow } from "./seal.rules";

const row = (sequence: number, reason = `reason ${sequence}`): SealedRow => ({
  sequence,
  content: { sequence, reason },
});
const rows = [row(1), row(2), row(5)];
const first = sealBlock(undefined, rows);
const laterRows = [row(6), row(7)];
const second = sealBlock(first, laterRows);

describe("verifyBlock", () => {
  it.each<[string, Block | undefined, Block, SealedRow[], unknown]>([
    ["first block, untouched", undefined, first, rows, undefined],
    ["second block, untouched", first, second, laterRows, undefined],
    ["a row altered", undefined, first, [row(1), row(2, "x"), row(5)], { kind: "altered", entry: 2, block: 1 }],
    ["a row deleted", undefined, first, [row(1), row(5)], { kind: "deleted", entry: 2, block: 1 }],
    ["the last row deleted", undefined, first, [row(1), row(2)], { kind: "deleted", entry: 5, block: 1 }],
    [
      "a row inserted into a gap of the sequence",
      undefined,
      first,
      [...rows, row(3)],
      { kind: "inserted", entry: 3, block: 1 },
    ],
    [
      "two rows altered: the first is named",
      undefined,
      first,
      [row(1, "x"), row(2, "x"), row(5)],
      { kind: "altered", entry: 1, block: 1 },
    ],
    [
      "row and its digest altered together: the block shows it",
      undefined,
      { ...first, rowDigests: sealBlock(undefined, [row(1), row(2, "x"), row(5)]).rowDigests },
      [row(1), row(2, "x"), row(5)],
      { kind: "blockAltered", block: 1 },
    ],
    [
      "a whole block sealed anew: its successor no longer chains",
      sealBlock(undefined, [row(1, "x")]),
      second,
      laterRows,
      { kind: "blockAltered", block: 2 },
    ],
    ["a block taken out of the chain", undefined, second, laterRows, { kind: "blockAltered", block: 2 }],
  ])("%s", (_name, previous, block, stored, expected) => {
    expect(verifyBlock(previous, block, stored)).toEqual(expected);
  });
});
