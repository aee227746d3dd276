import { beforeAll, describe, expect, it } from "vitest";

import { makeCity, type TestCity } from "@tests/support/factories";
import { accepted, projectRow } from "@tests/support/factories/projects";
import { linesOf, makeDesks, makeUnderFundingReview, type Desks } from "@tests/support/factories/review";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { fen, sumFen } from "~/kernel/fen";
import { concludeFunding } from "~/modules/funding/conclude-funding.server";
import { returnFromFunding } from "~/modules/funding/return-from-funding.server";
import { reviewLines } from "~/modules/funding/review-lines.server";

const db = testDatabase();
let city: TestCity;
let desks: Desks;
let colleague: Actor;
beforeAll(async () => {
  city = await makeCity(db);
  desks = await makeDesks(city);
  colleague = await city.as("financeReviewer");
});

interface Reviewed {
  readonly line: number;
  readonly amount: number;
  readonly reason: string;
}

/** One reviewer saves one line, on the version that his page showed. */
async function save(by: Actor, project: { id: string; version: number }, { line, amount, reason }: Reviewed) {
  const id = (await linesOf({ db }, project.id))[line]?.id ?? "";
  const lines = [{ id, reviewedFen: fen(amount), reason }];
  return reviewLines(city.ctx(by), { projectId: project.id, version: project.version, rest: "open", lines });
}

/** What is stored, and that it is in order: the total is the lines' sum whenever all are reviewed. */
async function stored(id: string) {
  const [lines, project] = await Promise.all([linesOf({ db }, id), projectRow({ db }, id)]);
  const open = lines.some(({ reviewedFen }) => reviewedFen === null);
  expect(project.reviewedFen).toBe(
    open ? null : sumFen(lines.map(({ reviewedFen }) => reviewedFen ?? fen(Number.NaN))),
  );
  return { lines: lines.map(({ reviewedFen, reviewedBy }) => [reviewedFen, reviewedBy]), project };
}

const countOf = (outcomes: readonly PromiseSettledResult<{ ok: boolean }>[]) => ({
  saved: outcomes.filter((outcome) => outcome.status === "fulfilled" && outcome.value.ok).length,
  overtaken: outcomes.filter(
    (outcome) => outcome.status === "rejected" && (outcome.reason as { kind?: string }).kind === "conflict",
  ).length,
});

describe("two finance reviewers on one project", () => {
  it.each([
    ["different lines", 1],
    ["the same line", 0],
  ] as const)("%s at once: one is stored as saved, the other is told and may save again", async (_name, second) => {
    const { id, version } = await makeUnderFundingReview(city, desks);
    const mine: Reviewed = { line: 0, amount: 150_000_000, reason: "询价偏高" };
    const theirs: Reviewed = { line: second, amount: 90_000_000, reason: "压缩一年" };
    const outcomes = await Promise.allSettled([
      save(desks.finance, { id, version }, mine),
      save(colleague, { id, version }, theirs),
    ]);
    expect(countOf(outcomes)).toEqual({ saved: 1, overtaken: 1 });

    const iWon = outcomes[0].status === "fulfilled";
    const [winner, loser] = iWon ? [mine, theirs] : [theirs, mine];
    const [first, other] = iWon ? [desks.finance, colleague] : [colleague, desks.finance];
    const after = await stored(id);
    expect(after.lines[winner.line]).toEqual([winner.amount, first.userId]);
    expect(after.lines[1 - winner.line]).toEqual([null, null]);

    // The page came back with the new version and what he typed: he saves his line, the winner's stays.
    accepted(await save(other, { id, version: after.project.version }, loser));
    const last = await stored(id);
    expect(last.lines[loser.line]).toEqual([loser.amount, other.userId]);
    if (winner.line !== loser.line) expect(last.lines[winner.line]).toEqual([winner.amount, first.userId]);
  });

  it("every accepted save of many rounds is there at the end, and nothing else", async () => {
    const { id } = await makeUnderFundingReview(city, desks);
    const acknowledged: Reviewed[] = [];
    for (let round = 1; round <= 12; round++) {
      const { version } = await projectRow({ db }, id);
      const attempts = [desks.finance, colleague].map(async (by, index) => {
        const given: Reviewed = { line: index, amount: 1_000_000 * round + index, reason: `第 ${round} 轮` };
        const result = await save(by, { id, version }, given);
        if (result.ok) acknowledged.push(given);
        return result;
      });
      expect(countOf(await Promise.allSettled(attempts))).toEqual({ saved: 1, overtaken: 1 });
    }
    const lastOf = (line: number) => acknowledged.filter((given) => given.line === line).at(-1)?.amount ?? null;
    expect((await stored(id)).lines.map(([amount]) => amount)).toEqual([lastOf(0), lastOf(1)]);
    expect(acknowledged).toHaveLength(12);
  });

  it.each(["conclude", "return"] as const)("a %s racing with a save: one wins, the other is told", async (end) => {
    for (let round = 0; round < 3; round++) {
      const { id, version: opened } = await makeUnderFundingReview(city, desks);
      const declared = await linesOf({ db }, id);
      const lines = declared.map((line) => ({ id: line.id, reviewedFen: line.declaredFen, reason: "" }));
      accepted(await reviewLines(city.ctx(desks.finance), { projectId: id, version: opened, rest: "open", lines }));
      const ref = { projectId: id, version: opened + 1 };
      const ended =
        end === "conclude"
          ? concludeFunding(city.ctx(desks.finance), ref)
          : returnFromFunding(city.ctx(desks.finance), { ...ref, reason: "补充询价" });
      const outcomes = await Promise.allSettled([
        ended,
        save(colleague, { id, version: opened + 1 }, { line: 1, amount: 1, reason: "压缩" }),
      ]);
      expect(countOf(outcomes)).toEqual({ saved: 1, overtaken: 1 });
      const { lines: after, project } = await stored(id);
      // What was concluded or returned is what its decider saw; or it was not ended, and the cut stands.
      const endWon = outcomes[0].status === "fulfilled";
      expect(after[1]?.[0]).toBe(endWon ? declared[1]?.declaredFen : 1);
      if (end === "return") expect(project.stage).toBe(endWon ? "returned" : "underFundingReview");
    }
  });

  it("who reviews the lines and who concludes may be two persons; both are named", async () => {
    const { id, version } = await makeUnderFundingReview(city, desks);
    const lines = (await linesOf({ db }, id)).map((line) => ({
      id: line.id,
      reviewedFen: line.declaredFen,
      reason: "",
    }));
    accepted(await reviewLines(city.ctx(desks.finance), { projectId: id, version, rest: "open", lines }));
    accepted(await concludeFunding(city.ctx(colleague), { projectId: id, version: version + 1 }));
    const { lines: after } = await stored(id);
    expect(after.map(([, by]) => by)).toEqual([desks.finance.userId, desks.finance.userId]);
  });
});
