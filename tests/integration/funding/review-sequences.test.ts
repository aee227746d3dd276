import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";

import { makeCity, type TestCity } from "@tests/support/factories";
import { projectRow } from "@tests/support/factories/projects";
import { linesOf, makeDesks, makeUnderFundingReview, type Desks } from "@tests/support/factories/review";
import { testDatabase } from "@tests/support/worker-database";
import { fen, sumFen } from "~/kernel/fen";
import { fundingTotals } from "~/modules/funding/line.rules";
import { reviewLines } from "~/modules/funding/review-lines.server";

const db = testDatabase();
let city: TestCity;
let desks: Desks;
beforeAll(async () => {
  city = await makeCity(db);
  desks = await makeDesks(city);
});

const EDITS = 50;

/** One edit: of which lines, to what share of the declared amount (over 100 is refused), with a reason or without. */
const edit = fc.record({
  first: fc.option(fc.integer({ min: -1, max: 110 }), { nil: undefined }),
  second: fc.option(fc.integer({ min: 0, max: 105 }), { nil: undefined }),
  isOpened: fc.boolean(),
  reason: fc.constantFrom("", "核减"),
  rest: fc.constantFrom("open" as const, "asDeclared" as const),
  stale: fc.boolean(),
});

describe("fifty edits of one project in any order", () => {
  it("leave the stored total at the sum of the lines after each, whether it was taken or refused", async () => {
    const { id } = await makeUnderFundingReview(city, desks);
    const edits = fc.sample(edit, { numRuns: EDITS, seed: 20260720 });
    const outcomes = { taken: 0, refused: 0, overtaken: 0 };
    for (const { first, second, isOpened, reason, rest, stale } of edits) {
      const { version } = await projectRow({ db }, id);
      const lines = (await linesOf({ db }, id)).flatMap((line, index) => {
        const percent = index === 0 ? first : second;
        if (percent === undefined) return [];
        const reviewedFen = isOpened && index === 0 ? null : fen((line.declaredFen / 100) * percent);
        return [{ id: line.id, reviewedFen, reason }];
      });
      const given = { projectId: id, version: stale ? version - 1 : version, rest, lines };
      const saved = reviewLines(city.ctx(desks.finance), given);
      if (stale) {
        await expect(saved).rejects.toMatchObject({ kind: "conflict" });
        outcomes.overtaken++;
      } else {
        outcomes[(await saved).ok ? "taken" : "refused"]++;
      }
      const [stored, project] = await Promise.all([linesOf({ db }, id), projectRow({ db }, id)]);
      const totals = fundingTotals(stored);
      expect(totals.reviewedFen + totals.cutFen + totals.openFen).toBe(project.declaredFen);
      expect(project.reviewedFen).toBe(
        totals.openLines > 0 ? null : sumFen(stored.map(({ reviewedFen }) => reviewedFen ?? fen(Number.NaN))),
      );
    }
    // or the run would have shown nothing
    for (const count of Object.values(outcomes)) expect(count).toBeGreaterThan(5);
  });
});
