import { and, eq, like } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";

import { messages, projectSubmissions } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { accepted, projectRow } from "@tests/support/factories/projects";
import {
  makeDesks,
  makeFormChecked,
  makeUnderReview,
  submitAndSign,
  type Desks,
} from "@tests/support/factories/review";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { localDate } from "~/kernel/local-date";
import { passReview } from "~/modules/projects/pass-review.server";
import { returnForSupplement } from "~/modules/projects/return-for-supplement.server";
import { readEfficiency, readEfficiencyQuery } from "~/modules/projects/review/efficiency.queries.server";
import { remindHolders } from "~/modules/projects/review/remind-holders.server";
import { readSubmissionRounds } from "~/modules/projects/review/submission-rounds.queries.server";
import { saveNoDataStatement } from "~/modules/projects/save-no-data-statement.server";
import { withdrawProject } from "~/modules/projects/withdraw-project.server";
import { scopeFor } from "~/policy";

const db = testDatabase();
let city: TestCity;
let desks: Desks;
beforeEach(async () => {
  city = await makeCity(db);
  desks = await makeDesks(city);
});

describe("审核时效", () => {
  const read = (actor: Actor, today: string, query = "") => {
    const on = localDate(today);
    const question = readEfficiencyQuery(new URLSearchParams(query), on);
    return readEfficiency(db, scopeFor(actor, "efficiency:read"), question, on);
  };

  it("counts what each desk and reviewer did, how long it took, and opens into the rows", async () => {
    // form check closed on its first day; opinion due Monday 20 July, given Wednesday 22 July: two days late
    const { id, version } = await makeFormChecked(city, desks, "2026-07-06");
    accepted(await passReview(city.ctx(desks.bureau, "2026-07-22"), { projectId: id, version }));
    const withdrawn = await makeUnderReview(city, desks, "2026-07-06");
    const reason = "不再建设";
    accepted(
      await withdrawProject(city.ctx(desks.filer, "2026-07-20"), {
        projectId: withdrawn.id,
        version: withdrawn.version,
        reason,
      }),
    );
    await makeUnderReview(city, desks, "2026-07-22");

    const { desks: figures, reviewers } = await read(desks.bureau, "2026-07-23");
    expect(figures).toMatchObject([
      { desk: "formCheck", done: 1, medianUsed: 0, late: 0, open: 1, overdue: 0 },
      { desk: "approval", done: 1, medianUsed: 12, late: 1, lateDays: 2, open: 0 },
      { desk: "funding", done: 0, medianUsed: null, open: 1 },
    ]);
    expect(reviewers).toMatchObject([
      { desk: "formCheck", reviewerName: desks.bureau.name, done: 1 },
      { desk: "approval", reviewerId: desks.bureau.userId, late: 1, lateDays: 2 },
    ]);
    const rows = await read(desks.bureau, "2026-07-23", `desk=approval&reviewer=${desks.bureau.userId}&show=late`);
    expect(rows).toMatchObject({
      listedTotal: 1,
      listed: [{ projectId: id, late: 2, used: 12, closedOn: "2026-07-22" }],
    });
  });

  it("counts a turn in the month in which it was closed, and open ones always", async () => {
    const { id, version } = await makeFormChecked(city, desks, "2026-07-06");
    accepted(await passReview(city.ctx(desks.bureau, "2026-07-22"), { projectId: id, version }));
    const { desks: june } = await read(desks.bureau, "2026-07-23", "from=2026-05&to=2026-06");
    expect(june).toMatchObject([{ done: 0 }, { done: 0 }, { done: 0, open: 1 }]);
  });

  it("is the region's own: another region's bureau sees nothing of it, departments have no scope", async () => {
    await makeUnderReview(city, desks, "2026-07-22");
    const elsewhere = await makeCity(db);
    for (const actor of [await elsewhere.as("bureauReviewer"), desks.filer]) {
      const { desks: figures } = await read(actor, "2026-07-23");
      expect(figures).toMatchObject([{ open: 0 }, { open: 0 }, { open: 0 }]);
    }
  });
});

describe("reminders of a limit", () => {
  const remind = (today: string) =>
    remindHolders(db, { now: city.ctx(desks.bureau, today).now, today: localDate(today) }, { regionId: city.regionId });
  const reminded = (actor: Actor) =>
    db
      .select({ title: messages.title, href: messages.href })
      .from(messages)
      .where(and(eq(messages.userId, actor.userId), like(messages.occasion, "limit %")));

  it("reach the desk that has it, once for each occasion, and never on a day off", async () => {
    // opinion due Monday 20 July
    const { id } = await makeFormChecked(city, desks, "2026-07-06");
    const { name } = await projectRow({ db }, id);
    const title = `立项审核将于 2026-07-20 到期：${name}`;
    await remind("2026-07-14");
    expect(await reminded(desks.bureau)).toEqual([]);
    for (const today of ["2026-07-15", "2026-07-15", "2026-07-16"]) await remind(today);
    expect(await reminded(desks.bureau)).toEqual([{ title, href: `/projects/${id}/review` }]);
    await remind("2026-07-17");
    expect(await reminded(desks.bureau)).toHaveLength(2);
    expect(await remind("2026-07-18")).toBe(0);
    await remind("2026-07-21");
    await remind("2026-07-22");
    expect((await reminded(desks.bureau)).map(({ title: words }) => words)).toEqual([
      title,
      title,
      `立项审核已超期（2026-07-20 到期），请尽快办理：${name}`,
    ]);
    expect(await reminded(desks.filer)).toEqual([]);
  });

  it("reach the unit that supplements, from the day it was returned", async () => {
    const { id, version } = await makeUnderReview(city, desks, "2026-07-06");
    const back = { projectId: id, version, reason: "请补充" };
    accepted(await returnForSupplement(city.ctx(desks.bureau, "2026-07-08"), back));
    // five working days from Wednesday 8 July: Wednesday 15 July
    await remind("2026-07-14");
    for (const actor of [desks.filer, desks.lead])
      expect(await reminded(actor)).toMatchObject([{ href: `/projects/${id}/check` }]);
    expect(await reminded(desks.bureau)).toEqual([]);
  });
});

describe("the rounds of a filing", () => {
  async function twoRounds(): Promise<string> {
    const { id, version } = await makeUnderReview(city, desks, "2026-07-06");
    const bureau = city.ctx(desks.bureau, "2026-07-08");
    accepted(await returnForSupplement(bureau, { projectId: id, version, reason: "请补充" }));
    const filer = city.ctx(desks.filer, "2026-07-09");
    const row = await projectRow({ db }, id);
    await db.update(projectSubmissions).set({ submittedAt: filer.now }).where(eq(projectSubmissions.projectId, id));
    accepted(await saveNoDataStatement(filer, id, { version: row.version, noDataStatement: "" }));
    await submitAndSign(filer, city.ctx(desks.lead, "2026-07-09"), id);
    return id;
  }

  it("are listed with their digests computed anew, the last two compared", async () => {
    const id = await twoRounds();
    const { rounds, comparison } = await readSubmissionRounds(db, desks.filer, id, { from: null, to: null });
    expect(rounds).toMatchObject([
      { round: 1, isIntact: true, submittedByName: desks.filer.name },
      { round: 2, isIntact: true },
    ]);
    expect(comparison).toMatchObject({ from: 1, to: 2, differences: [] });
  });

  it("compare in either direction; a round that does not exist is as if none was named", async () => {
    const id = await twoRounds();
    const compare = (from: number, to: number) => readSubmissionRounds(db, desks.bureau, id, { from, to });
    expect((await compare(2, 1)).comparison).toMatchObject({ from: 2, to: 1 });
    expect((await compare(7, 9)).comparison).toMatchObject({ from: 1, to: 2 });
    expect((await compare(2, 2)).comparison).toBeNull();
  });

  it("show when what is kept no longer matches its digest", async () => {
    const id = await twoRounds();
    await db
      .update(projectSubmissions)
      .set({ content: { basics: { name: "改过的名称" } } })
      .where(and(eq(projectSubmissions.projectId, id), eq(projectSubmissions.round, 1)));
    const { rounds, comparison } = await readSubmissionRounds(db, desks.filer, id, { from: 1, to: 2 });
    expect(rounds.map(({ isIntact }) => isIntact)).toEqual([false, true]);
    expect(comparison?.differences.length).toBeGreaterThan(5);
  });

  it("are nobody else's to see", async () => {
    const id = await twoRounds();
    const stranger = await city.as("filer", city.otherUnitId);
    await expect(readSubmissionRounds(db, stranger, id, { from: null, to: null })).rejects.toMatchObject({
      kind: "notFound",
    });
  });
});
