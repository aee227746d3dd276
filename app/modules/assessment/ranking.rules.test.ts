import { describe, expect, it } from "vitest";

import { sheetOf } from "./assessment.fixture";
import { rankGroup } from "./ranking.rules";

const placesOf = (totals: string[], tieBreak?: string, seconds: string[] = []) =>
  rankGroup(
    totals.map((total, i) => sheetOf(`u${i}`, total, seconds[i])),
    new Map(),
    tieBreak,
  ).map(({ unitId, place }) => `${unitId}:${place}`);

describe("places", () => {
  it.each([
    ["highest first", ["70", "90", "80"], ["u1:1", "u2:2", "u0:3"]],
    ["equal scores share a place and the next is skipped", ["90", "85", "85", "70"], ["u0:1", "u1:2", "u2:2", "u3:4"]],
    ["three share the first place", ["90", "90", "90", "70"], ["u0:1", "u1:1", "u2:1", "u3:4"]],
    ["scores that only look equal when rounded do not share", ["179999/2000", "90"], ["u1:1", "u0:2"]],
    ["the same fraction written differently shares", ["90", "180/2"], ["u0:1", "u1:1"]],
    ["nobody", [], []],
  ])("%s", (_, totals, expected) => {
    expect(placesOf(totals)).toEqual(expected);
  });

  it.each([
    ["the named leaf decides between equals", ["1", "2", "0"], ["u1:1", "u0:2", "u2:3"]],
    ["equal in both still share", ["1", "1", "2"], ["u2:1", "u0:2", "u1:2"]],
  ])("%s", (_, seconds, expected) => {
    expect(placesOf(["90", "90", "90"], "second", seconds)).toEqual(expected);
  });

  it("the order given does not matter", () => {
    const sheets = ["80", "90", "80", "60"].map((total, i) => sheetOf(`u${i}`, total));
    expect(rankGroup([...sheets].reverse(), new Map())).toEqual(rankGroup(sheets, new Map()));
  });

  it("a unit without a grade has no place", () => {
    expect(
      rankGroup([sheetOf("u1", "80"), { ...sheetOf("u2", "0"), grade: null }], new Map()).map(({ unitId }) => unitId),
    ).toEqual(["u1"]);
  });
});

it.each([
  ["risen", 3, 2],
  ["fallen", 0, -1],
  ["unmoved", 1, 0],
])("change of place: %s", (_, previous, change) => {
  const [first] = rankGroup([sheetOf("u1", "80")], new Map([["u1", previous]]));
  expect(first).toMatchObject({ place: 1, previousPlace: previous, change });
});

it("no change without a last period", () => {
  expect(rankGroup([sheetOf("u1", "80")], new Map())[0]).toMatchObject({ previousPlace: null, change: null });
});
