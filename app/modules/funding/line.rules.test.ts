import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { fen, type Fen } from "~/kernel/fen";

import { cutOf, fundingTotals, lineProblem, type LineCode } from "./line.rules";

const line = (declared: number, reviewed: number | null) => ({
  declaredFen: fen(declared),
  reviewedFen: reviewed === null ? null : fen(reviewed),
});

describe("lineProblem", () => {
  it.each<[string, number, number | null, string, LineCode | undefined]>([
    ["not reviewed", 10_000, null, "", undefined],
    ["as declared needs no reason", 10_000, 10_000, "", undefined],
    ["one fen above", 10_000, 10_001, "有理由", "reviewedAboveDeclared"],
    ["one fen below without a reason", 10_000, 9_999, "", "cutReasonMissing"],
    ["one fen below, blanks are no reason", 10_000, 9_999, " \n", "cutReasonMissing"],
    ["one fen below with a reason", 10_000, 9_999, "询价偏高", undefined],
    ["cut to nothing with a reason", 10_000, 0, "不予支持", undefined],
    ["cut to nothing without a reason", 10_000, 0, "", "cutReasonMissing"],
    ["below nothing", 10_000, -1, "有理由", "reviewedNegative"],
    ["nothing declared, nothing reviewed", 0, 0, "", undefined],
  ])("%s", (_name, declared, reviewed, reason, expected) => {
    expect(lineProblem(line(declared, reviewed), reason)).toBe(expected);
  });
});

describe("cutOf", () => {
  it.each<[string, number, number | null, number | null]>([
    ["not reviewed: unknown, not zero", 100, null, null],
    ["as declared: zero", 100, 100, 0],
    ["to nothing: all", 100, 0, 100],
  ])("%s", (_name, declared, reviewed, expected) => {
    expect(cutOf(line(declared, reviewed))).toBe(expected);
  });
});

describe("fundingTotals", () => {
  it("has zeros for no lines", () => {
    expect(fundingTotals([])).toEqual({
      declaredFen: 0,
      reviewedFen: 0,
      cutFen: 0,
      openFen: 0,
      lines: 0,
      openLines: 0,
    });
  });

  it("counts an open line as open, neither reviewed nor cut", () => {
    expect(fundingTotals([line(100, 70), line(50, null), line(30, 30)])).toEqual({
      declaredFen: 180,
      reviewedFen: 100,
      cutFen: 30,
      openFen: 50,
      lines: 3,
      openLines: 1,
    });
  });

  it("always adds up: declared = reviewed + cut + open", () => {
    const amount: fc.Arbitrary<Fen> = fc.integer({ min: 0, max: 1_000_000_000 }).map(fen);
    const lines = fc.array(fc.record({ declaredFen: amount, reviewedFen: fc.option(amount, { nil: null }) }), {
      maxLength: 300,
    });
    fc.assert(
      fc.property(lines, (some) => {
        const totals = fundingTotals(some);
        expect(totals.reviewedFen + totals.cutFen + totals.openFen).toBe(totals.declaredFen);
      }),
    );
  });
});
