import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { fen, sumFen, type Fen } from "~/kernel/fen";

import { applyReviews, cutOf, fundingTotals, type LineReview, type ReviewableLine } from "./line.rules";

const amount = (max: number) => fc.integer({ min: 0, max });

/** What a reviewer does to one line: by its number, since the amounts are drawn before the lines are known. */
type Edit =
  | { readonly kind: "cut" | "raise"; readonly line: number; readonly byFen: number; readonly reason: string }
  | { readonly kind: "accept" | "reopen" | "refuse" | "negative"; readonly line: number; readonly reason: string };

const reason = fc.constantFrom("", "  ", "询价偏高", "与已建能力重复");
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({
    kind: fc.constantFrom("cut" as const, "raise" as const),
    line: fc.nat(9),
    byFen: amount(2_000_000),
    reason,
  }),
  fc.record({
    kind: fc.constantFrom("accept" as const, "reopen" as const, "refuse" as const, "negative" as const),
    line: fc.nat(9),
    reason,
  }),
);

/** One save: several edits, and what becomes of the blank lines. Sometimes the filing comes back with other amounts. */
const save = fc.record({
  edits: fc.array(edit, { maxLength: 6 }),
  rest: fc.constantFrom("open" as const, "asDeclared" as const),
});
const comeBack = fc.record({ declared: fc.array(amount(1_000_000), { minLength: 1, maxLength: 10 }) });
const history = fc.array(fc.oneof({ arbitrary: save, weight: 8 }, { arbitrary: comeBack, weight: 1 }), {
  maxLength: 25,
});

const freshLines = (declared: readonly number[]): ReviewableLine[] =>
  declared.map((declaredFen, index) => ({
    id: String(index),
    name: `明细 ${index}`,
    declaredFen: fen(declaredFen),
    reviewedFen: null,
    cutReason: null,
  }));

function reviewedAs(line: ReviewableLine, { kind, ...more }: Edit): Fen | null {
  const byFen = "byFen" in more ? more.byFen : 0;
  switch (kind) {
    case "cut":
      return fen(line.declaredFen - byFen);
    case "raise":
      return fen(line.declaredFen + byFen);
    case "accept":
      return line.declaredFen;
    case "refuse":
      return fen(0);
    case "negative":
      return fen(-1);
    case "reopen":
      return null;
  }
}

/** The last word on each line, as a form sends one row for each. */
function givenBy(lines: readonly ReviewableLine[], edits: readonly Edit[]): LineReview[] {
  const given = new Map<string, LineReview>();
  for (const each of edits) {
    const line = lines[each.line % lines.length];
    if (line) given.set(line.id, { id: line.id, reviewedFen: reviewedAs(line, each), reason: each.reason });
  }
  return [...given.values()];
}

function expectSound(lines: readonly ReviewableLine[]): void {
  const totals = fundingTotals(lines);
  expect(totals.reviewedFen + totals.cutFen + totals.openFen).toBe(totals.declaredFen);
  expect(totals.declaredFen).toBe(sumFen(lines.map(({ declaredFen }) => declaredFen)));
  for (const line of lines) {
    if (line.reviewedFen === null) {
      expect(line.cutReason).toBeNull();
      continue;
    }
    expect(line.reviewedFen).toBeGreaterThanOrEqual(0);
    expect(cutOf(line)).toBeGreaterThanOrEqual(0);
    expect((cutOf(line) ?? 0) > 0).toBe(line.cutReason !== null && line.cutReason !== "");
  }
}

describe("any sequence of saves", () => {
  it("keeps the sums, no amount below nothing, a reason with every cut, and is all or nothing", () => {
    fc.assert(
      fc.property(fc.array(amount(1_000_000), { minLength: 1, maxLength: 10 }), history, (declared, steps) => {
        let lines = freshLines(declared);
        for (const step of steps) {
          if ("declared" in step) {
            lines = freshLines(step.declared);
          } else {
            const given = givenBy(lines, step.edits);
            const before = structuredClone(lines);
            const after = applyReviews(lines, given, step.rest);
            expect(lines).toEqual(before);
            if (after.ok) {
              const untouched = lines.filter(({ id }) => !given.some((review) => review.id === id));
              expect(after.value).toEqual(expect.arrayContaining(untouched));
              lines = after.value;
            } else {
              expect(after.refusals.length).toBeLessThanOrEqual(given.length);
            }
          }
          expectSound(lines);
        }
      }),
      { numRuns: 500 },
    );
  });
});
