import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";

import { budgetLines, projects } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { makeDraft } from "@tests/support/factories/projects";
import { linesOf, makeDesks, makeUnderFundingReview, type Desks } from "@tests/support/factories/review";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { fen } from "~/kernel/fen";
import { localDate } from "~/kernel/local-date";
import { parseRational, toExact } from "~/kernel/rational";
import { readFundingReview } from "~/modules/funding/funding.queries.server";
import { medianOf, unitPriceOf } from "~/modules/funding/price/price.rules";
import { readSimilarLines } from "~/modules/funding/price/similar-lines.queries.server";
import { newId } from "~/platform/ids.server";

const db = testDatabase();
const TODAY = localDate("2026-07-20");
let city: TestCity;
let desks: Desks;
let subject: string;
beforeEach(async () => {
  city = await makeCity(db);
  desks = await makeDesks(city);
  subject = (await makeUnderFundingReview(city, desks)).id;
});

interface Peer {
  readonly reviewed: number | null;
  readonly quantity?: string;
  readonly name?: string;
  readonly category?: "software" | "hardware";
  readonly measureUnit?: string;
  readonly approvedOn?: string | null;
  readonly at?: TestCity;
}

/** A project of the city with one line, approved last year unless it says otherwise. The subject's line is 管网一张图, 1 套. */
async function peer({ reviewed, approvedOn = "2025-06-01", at = city, ...line }: Peer) {
  const owner = at === city ? desks.filer : await at.as("filer");
  const projectId = await makeDraft(at.ctx(owner));
  await db
    .update(projects)
    .set({
      approvedOn: approvedOn === null ? null : localDate(approvedOn),
      approvedFen: approvedOn === null ? null : fen(1),
    })
    .where(eq(projects.id, projectId));
  await db.insert(budgetLines).values({
    id: newId(),
    projectId,
    regionId: at.regionId,
    position: 1,
    category: line.category ?? "software",
    name: line.name ?? "管网一张图",
    quantity: line.quantity ?? "1.00",
    measureUnit: line.measureUnit ?? "套",
    unitPriceFen: fen(1),
    declaredFen: fen(1_000_000_000_000),
    reviewedFen: reviewed === null ? null : fen(reviewed),
  });
  return projectId;
}

async function pricesOfFirstLine(actor: Actor = desks.finance) {
  const { prices, lines } = await readFundingReview(db, actor, subject, TODAY);
  return prices?.of[lines[0]?.id ?? ""];
}

describe("similar prices", () => {
  it("none without similar lines", async () => {
    expect(await pricesOfFirstLine()).toBeUndefined();
  });

  it("number, lowest, median and highest, exactly, of an odd and an even number", async () => {
    for (const reviewed of [500, 100, 900]) await peer({ reviewed, quantity: "3.00" });
    expect(await pricesOfFirstLine()).toEqual({ count: 3, lowest: "100/3", median: "500/3", highest: "300" });
    await peer({ reviewed: 200 });
    expect(await pricesOfFirstLine()).toEqual({ count: 4, lowest: "100/3", median: "550/3", highest: "300" });
  });

  it("counts only what can be compared, each boundary by itself", async () => {
    await peer({ reviewed: 100 });
    const rejected: (Peer & { why: string })[] = [
      { why: "another category", reviewed: 7, category: "hardware" },
      { why: "another measure unit", reviewed: 7, measureUnit: "人月" },
      { why: "another name", reviewed: 7, name: "机房空调" },
      { why: "not reviewed", reviewed: null },
      { why: "cut to nothing", reviewed: 0 },
      { why: "nothing counted", reviewed: 7, quantity: "0.00" },
      { why: "not approved", reviewed: 7, approvedOn: null },
      { why: "approved a day too long ago", reviewed: 7, approvedOn: "2023-07-19" },
      { why: "approved tomorrow", reviewed: 7, approvedOn: "2026-07-21" },
      { why: "out of sight, in another city", reviewed: 7, at: await makeCity(db) },
    ];
    for (const { why, ...line } of rejected) {
      await peer(line);
      expect([why, await pricesOfFirstLine()]).toEqual([
        why,
        { count: 1, lowest: "100", median: "100", highest: "100" },
      ]);
    }
    for (const more of [{ approvedOn: "2023-07-20" }, { approvedOn: "2026-07-20" }, { name: "管网一张图软件" }])
      await peer({ reviewed: 100, ...more });
    expect((await pricesOfFirstLine())?.count).toBe(4);
  });

  it("never compares a project with itself", async () => {
    const [line] = await linesOf({ db }, subject);
    await db
      .update(projects)
      .set({ approvedOn: TODAY, approvedFen: fen(1) })
      .where(eq(projects.id, subject));
    await db
      .update(budgetLines)
      .set({ reviewedFen: fen(1) })
      .where(eq(budgetLines.id, line?.id ?? ""));
    expect(await pricesOfFirstLine()).toBeUndefined();
  });

  it("what the statement picks is what the rule says of all prices", async () => {
    const made = [37, 4, 4, 81, 12, 60, 5].map((reviewed, index) => ({ reviewed, quantity: `${(index % 3) + 1}.00` }));
    for (const [index, line] of made.entries()) {
      await peer(line);
      const exact = made
        .slice(0, index + 1)
        .flatMap(({ reviewed, quantity }) => unitPriceOf(reviewed, quantity) ?? [])
        .sort((a, b) => Number(a.n * b.d - b.n * a.d));
      const median = medianOf(exact);
      expect(await pricesOfFirstLine()).toEqual({
        count: exact.length,
        lowest: exact[0] && toExact(exact[0]),
        median: median && toExact(median),
        highest: exact.at(-1) && toExact(exact.at(-1) ?? parseRational("0")),
      });
    }
  });

  it("a department sees its review without other units' prices", async () => {
    await peer({ reviewed: 100 });
    const { prices } = await readFundingReview(db, desks.filer, subject, TODAY);
    expect(prices).toBeNull();
  });
});

describe("the lines behind the prices", () => {
  const first = async () => (await linesOf({ db }, subject))[0]?.id ?? "";

  it("are listed with project, unit, year and both prices, the dearest first", async () => {
    const cheap = await peer({ reviewed: 100, quantity: "4.00" });
    const dear = await peer({ reviewed: 500, approvedOn: "2024-02-29" });
    const read = await readSimilarLines(db, desks.finance, {
      projectId: subject,
      lineId: await first(),
      page: 1,
      today: TODAY,
    });
    expect(read.prices).toMatchObject({ count: 2, median: "525/2" });
    expect(read.peers).toMatchObject([
      {
        projectId: dear,
        unitName: "市自然资源局",
        year: 2024,
        reviewedPrice: "500",
        quantity: "1.00",
        measureUnit: "套",
      },
      { projectId: cheap, year: 2025, reviewedPrice: "25", declaredPrice: "250000000000" },
    ]);
    expect(read.line).toMatchObject({ declaredPrice: "200000000", reviewedPrice: null });
  });

  it("answer 404 for another project's line, for a department and outside the region", async () => {
    const lineId = await first();
    const asked = { projectId: subject, lineId, page: 1, today: TODAY };
    const other = await makeUnderFundingReview(city, desks);
    const stranger = await (await makeCity(db)).as("financeReviewer");
    for (const [actor, question] of [
      [desks.finance, { ...asked, projectId: other.id }],
      [desks.finance, { ...asked, lineId: newId() }],
      [desks.filer, asked],
      [stranger, asked],
    ] as const)
      await expect(readSimilarLines(db, actor, question)).rejects.toMatchObject({ kind: "notFound" });
  });
});
