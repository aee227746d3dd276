import { beforeAll, describe, expect, it } from "vitest";

import { judgePairs, listedPairs, qualityOf, readPairs, type JudgedPair } from "@tests/bench/duplicate-pairs";
import { testDatabase } from "@tests/support/worker-database";
import { localDate } from "~/kernel/local-date";

const TODAY = localDate("2026-07-20");
const isDue = ({ hit }: JudgedPair): boolean => hit?.statementDue ?? false;
const isShown = ({ hit }: JudgedPair): boolean => hit !== undefined;

let labelled: JudgedPair[];
let listed: JudgedPair[];

beforeAll(async () => {
  const pairs = readPairs();
  labelled = await judgePairs(testDatabase(), pairs, TODAY);
  listed = await judgePairs(testDatabase(), listedPairs(pairs), TODAY);
});

describe("查重 on the labelled pairs", () => {
  it("has a set worth measuring", () => {
    expect(labelled.length).toBeGreaterThanOrEqual(60);
    expect(labelled.filter(({ pair }) => pair.duplicate).length).toBeGreaterThanOrEqual(40);
    expect(labelled.filter(({ pair }) => !pair.duplicate).length).toBeGreaterThanOrEqual(40);
  });

  it("asks for a statement no less precisely than measured", () => {
    const { precision, recall } = qualityOf(labelled, isDue);
    expect(precision).toBeGreaterThanOrEqual(0.9);
    expect(recall).toBeGreaterThanOrEqual(0.61);
  });

  it("shows four of five duplicates", () => {
    expect(qualityOf(labelled, isShown).recall).toBeGreaterThanOrEqual(0.8);
  });

  it("asks for nothing wrong among all pairs of the published lists", () => {
    expect(listed).toHaveLength((34 * 33) / 2 + 34 * 50);
    expect(qualityOf(listed, isDue)).toMatchObject({ precision: 1 });
  });
});
