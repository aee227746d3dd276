import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import { auditEntries, domainEvents, outbox } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { accepted, projectRow } from "@tests/support/factories/projects";
import {
  linesOf,
  makeDesks,
  makeUnderFundingReview,
  makeUnderReview,
  type Desks,
} from "@tests/support/factories/review";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { fen, sumFen } from "~/kernel/fen";
import { concludeFunding } from "~/modules/funding/conclude-funding.server";
import type { LineReview } from "~/modules/funding/line.rules";
import { reviewLines } from "~/modules/funding/review-lines.server";
import { newId } from "~/platform/ids.server";

const db = testDatabase();
let city: TestCity;
let desks: Desks;
beforeAll(async () => {
  city = await makeCity(db);
  desks = await makeDesks(city);
});

/** The project has two lines: 2,000,000 and 1,000,000 yuan. */
const start = () => makeUnderFundingReview(city, desks);

async function save(
  { id, version }: { id: string; version: number },
  reviews: readonly (Omit<LineReview, "id"> | undefined)[],
  { by = desks.finance, rest = "open" }: { by?: Actor; rest?: "open" | "asDeclared" } = {},
) {
  const lines = (await linesOf({ db }, id)).flatMap((line, index) => {
    const review = reviews[index];
    return review ? [{ ...review, id: line.id }] : [];
  });
  return reviewLines(city.ctx(by), { projectId: id, version, rest, lines });
}

const reviewed = (amount: number | null, reason = "") => ({
  reviewedFen: amount === null ? null : fen(amount),
  reason,
});

/** The lines' amounts and the project's total, which must agree whenever the total is known. */
async function amounts(id: string) {
  const [lines, project] = await Promise.all([linesOf({ db }, id), projectRow({ db }, id)]);
  if (project.reviewedFen !== null) {
    expect(sumFen(lines.map((line) => line.reviewedFen ?? fen(Number.NaN)))).toBe(project.reviewedFen);
  }
  return { lines: lines.map((line) => line.reviewedFen), total: project.reviewedFen, version: project.version };
}

describe("reviewLines", () => {
  it("cuts one line with a reason and keeps the project's total with it", async () => {
    const project = await start();
    const totals = accepted(await save(project, [reviewed(150_000_000, "询价偏高"), reviewed(100_000_000)]));
    expect(totals).toEqual({
      declaredFen: 300_000_000,
      reviewedFen: 250_000_000,
      cutFen: 50_000_000,
      openFen: 0,
      lines: 2,
      openLines: 0,
    });
    expect(await amounts(project.id)).toEqual({
      lines: [150_000_000, 100_000_000],
      total: 250_000_000,
      version: project.version + 1,
    });
    const [first, second] = await linesOf({ db }, project.id);
    expect(first).toMatchObject({ cutReason: "询价偏高", reviewedBy: desks.finance.userId });
    expect(second).toMatchObject({ cutReason: null, reviewedBy: desks.finance.userId });
  });

  it("knows no total while a line is open, and forgets it when one is opened again", async () => {
    const project = await start();
    accepted(await save(project, [reviewed(200_000_000), reviewed(null)]));
    expect((await amounts(project.id)).total).toBeNull();
    accepted(await save({ ...project, version: project.version + 1 }, [undefined, reviewed(0, "不予支持")]));
    expect(await amounts(project.id)).toMatchObject({ lines: [200_000_000, 0], total: 200_000_000 });
    accepted(await save({ ...project, version: project.version + 2 }, [reviewed(null), undefined]));
    expect(await amounts(project.id)).toMatchObject({ lines: [null, 0], total: null });
    expect((await linesOf({ db }, project.id))[0]?.reviewedBy).toBeNull();
  });

  it("reviews the rest as declared only when asked to", async () => {
    const project = await start();
    accepted(await save(project, [reviewed(1, "核减"), reviewed(null)], { rest: "asDeclared" }));
    expect(await amounts(project.id)).toMatchObject({ lines: [1, 100_000_000], total: 100_000_001 });
  });

  it("keeps who reviewed a line that a second person only passed by", async () => {
    const project = await start();
    accepted(await save(project, [reviewed(200_000_000), reviewed(100_000_000)]));
    const colleague = await city.as("financeReviewer");
    const again = { ...project, version: project.version + 1 };
    accepted(await save(again, [reviewed(200_000_000), reviewed(90_000_000, "压缩一年")], { by: colleague }));
    const reviewers = (await linesOf({ db }, project.id)).map((line) => line.reviewedBy);
    expect(reviewers).toEqual([desks.finance.userId, colleague.userId]);
  });

  it.each([
    ["a cut without a reason", 199_999_999, "", "cutReasonMissing", "lines[0].reason"],
    ["a cut with a blank reason", 0, "  ", "cutReasonMissing", "lines[0].reason"],
    ["one fen above the declared amount", 200_000_001, "理由", "reviewedAboveDeclared", "lines[0].reviewed"],
    ["a negative amount", -1, "理由", "reviewedNegative", "lines[0].reviewed"],
  ])("refuses %s at its field and writes nothing", async (_name, amount, reason, code, field) => {
    const project = await start();
    const result = await save(project, [reviewed(amount, reason), reviewed(100_000_000)]);
    expect(result).toMatchObject({ ok: false, refusals: [{ code, field }] });
    expect(await amounts(project.id)).toEqual({ lines: [null, null], total: null, version: project.version });
  });

  it("writes audit, event and outbox rows", async () => {
    const project = await start();
    accepted(await save(project, [reviewed(200_000_000)]));
    const rows = await Promise.all([
      db.$count(auditEntries, and(eq(auditEntries.objectId, project.id), eq(auditEntries.action, "funding:review"))),
      db.$count(
        domainEvents,
        and(eq(domainEvents.subjectId, project.id), eq(domainEvents.type, "fundingLinesReviewed")),
      ),
      db.$count(outbox, and(eq(outbox.subjectId, project.id), eq(outbox.topic, "fundingLinesReviewed"))),
    ]);
    expect(rows).toEqual([1, 1, 1]);
  });

  it("another region's finance gets 404", async () => {
    const project = await start();
    const elsewhere = await makeCity(db);
    const stranger = await elsewhere.as("financeReviewer");
    await expect(save(project, [reviewed(1, "x")], { by: stranger })).rejects.toMatchObject({ kind: "notFound" });
  });

  it("who reads the money but does not review it gets 403", async () => {
    const project = await start();
    for (const by of [desks.filer, desks.bureau, await city.as("auditor")]) {
      await expect(save(project, [reviewed(1, "x")], { by })).rejects.toMatchObject({ kind: "forbidden" });
    }
    const other = await city.as("filer", city.otherUnitId);
    await expect(save(project, [reviewed(1, "x")], { by: other })).rejects.toMatchObject({ kind: "notFound" });
  });

  it("a line of another project answers 404", async () => {
    const project = await start();
    const other = await start();
    const [foreign] = await linesOf({ db }, other.id);
    for (const id of [foreign?.id ?? "", newId()]) {
      const lines = [{ id, reviewedFen: fen(1), reason: "x" }];
      await expect(
        reviewLines(city.ctx(desks.finance), { projectId: project.id, version: project.version, rest: "open", lines }),
      ).rejects.toMatchObject({ kind: "notFound" });
    }
    expect((await amounts(other.id)).lines).toEqual([null, null]);
  });

  it("a stale version is a conflict and writes nothing", async () => {
    const project = await start();
    accepted(await save(project, [reviewed(200_000_000)]));
    await expect(save(project, [reviewed(1, "x")])).rejects.toMatchObject({ kind: "conflict" });
    expect((await amounts(project.id)).lines).toEqual([200_000_000, null]);
  });

  it("is refused before the bureau has passed the project, and after the conclusion", async () => {
    const early = await makeUnderReview(city, desks);
    expect(await save(early, [reviewed(1, "x")])).toMatchObject({ refusals: [{ code: "notUnderFundingReview" }] });
    const project = await start();
    accepted(await save(project, [reviewed(null), reviewed(null)], { rest: "asDeclared" }));
    accepted(await concludeFunding(city.ctx(desks.finance), { projectId: project.id, version: project.version + 1 }));
    const late = { ...project, version: project.version + 2 };
    expect(await save(late, [reviewed(1, "x")])).toMatchObject({ refusals: [{ code: "alreadyConcluded" }] });
    expect((await amounts(project.id)).total).toBe(300_000_000);
  });

  it("of ten simultaneous reviewers one wins each version, and the sums hold throughout", async () => {
    const project = await start();
    const reviewers = await Promise.all(Array.from({ length: 10 }, () => city.as("financeReviewer")));
    for (let round = 0; round < 3; round++) {
      const { version } = await amounts(project.id);
      const attempts = await Promise.allSettled(
        reviewers.map((by, index) =>
          save({ id: project.id, version }, [reviewed(1_000 * index + round, "核减"), reviewed(index, "核减")], { by }),
        ),
      );
      const winners = attempts.flatMap((attempt, index) =>
        attempt.status === "fulfilled" && attempt.value.ok ? [index] : [],
      );
      expect(winners).toHaveLength(1);
      const losers = attempts.filter((attempt) => attempt.status === "rejected");
      expect(losers.map(({ reason }) => (reason as { kind: string }).kind)).toEqual(Array(9).fill("conflict"));
      const [winner = -1] = winners;
      expect(await amounts(project.id)).toEqual({
        lines: [1_000 * winner + round, winner],
        total: 1_000 * winner + round + winner,
        version: version + 1,
      });
    }
  });
});
