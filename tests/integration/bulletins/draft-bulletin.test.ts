import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";

import { auditEntries, bulletins, domainEvents, frozenFactRows, messages, outbox, scoreSheets } from "@db/schema";
import { draftInput, makeAssessedCity, makeEvents, type AssessedCity } from "@tests/support/factories/bulletins";
import { accepted } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import { localDate } from "~/kernel/local-date";
import { period } from "~/kernel/period";
import { freezePeriod } from "~/modules/assessment/index.server";
import type { BulletinContent } from "~/modules/bulletins/bulletin.types";
import { readBulletin } from "~/modules/bulletins/bulletins.queries.server";
import { draftBulletin } from "~/modules/bulletins/draft-bulletin.server";
import { plainText } from "~/modules/bulletins/plain-text";
import { signBulletin } from "~/modules/bulletins/sign-bulletin.server";
import { digestOf } from "~/platform/audit/digest";

const db = testDatabase();
let city: AssessedCity;
beforeEach(async () => {
  city = await makeAssessedCity(db);
});

const rowOf = async (id: string) => {
  const [row] = await db.select().from(bulletins).where(eq(bulletins.id, id));
  if (!row) throw new Error("no bulletin");
  return row;
};
const contentOf = async (id: string) => (await rowOf(id)).content as BulletinContent;

describe("draftBulletin", () => {
  it("writes the draft with audit, event, outbox and a word to the leader", async () => {
    const leader = city.leader;
    const id = await city.draft(await city.assess());
    const row = await rowOf(id);
    expect(row).toMatchObject({ state: "draft", number: null, version: 1, series: "测数政通", edition: 1 });
    const counts = await Promise.all([
      db.$count(auditEntries, eq(auditEntries.objectId, id)),
      db.$count(domainEvents, eq(domainEvents.subjectId, id)),
      db.$count(outbox, eq(outbox.subjectId, id)),
      db.$count(messages, and(eq(messages.userId, leader.userId), eq(messages.href, `/bulletins/${id}`))),
    ]);
    expect(counts).toEqual([1, 1, 1, 1]);
  });

  it("is hashed as it lies in the database", async () => {
    await makeEvents(city);
    const row = await rowOf(await city.draft(await city.assess()));
    expect(row.contentHash).toBe(digestOf(row.content));
  });

  it("every figure is what the frozen rows say", async () => {
    await makeEvents(city);
    const periodId = await city.assess();
    const content = await contentOf(await city.draft(periodId));
    const value = (id: string) => content.figures.find((figure) => figure.id === id)?.value;
    const rows = await db.select().from(frozenFactRows).where(eq(frozenFactRows.periodId, periodId));
    const of = (measure: string) => rows.filter((row) => row.measure === measure);
    const sum = (measure: string, column: "numerator" | "denominator") =>
      String(of(measure).reduce((total, row) => total + Number(row[column]), 0));

    expect({
      total: value("projects.total"),
      underWay: value("projects.underWay"),
      red: value("projects.red"),
      budget: value("money.budget"),
      spent: value("money.spent"),
      cloudDue: value("cloudRate.due"),
      cloudDone: value("cloudRate.done"),
      reportsDue: value("reports.due"),
      reportsLate: value("reports.late"),
    }).toEqual({
      total: String(of("city.projects").length),
      underWay: String(of("city.projectsUnderWay").length),
      red: String(of("city.projectsRed").length),
      budget: sum("executionAgainstTime", "denominator"),
      spent: sum("executionAgainstTime", "numerator"),
      cloudDue: sum("cloudRate", "denominator"),
      cloudDone: sum("cloudRate", "numerator"),
      reportsDue: String(of("city.reportsDue").length),
      reportsLate: String(of("city.reportsLate").length),
    });
    expect([value("projects.total"), value("projects.underWay"), value("money.spent")]).toEqual(["3", "2", "12345600"]);

    const sheets = await db.select().from(scoreSheets).where(eq(scoreSheets.periodId, periodId));
    const [ranking] = content.annexes;
    expect(ranking?.rows.map(([, unit, score]) => `${unit} ${score}`).sort()).toEqual(
      sheets.map(({ unitName, total }) => `${unitName} ${total}`).sort(),
    );
  });

  it("names who is late, red, overdue and behind with sharing, with its own words for the grounds", async () => {
    await makeEvents(city);
    const text = plainText(await contentOf(await city.draft(await city.assess())));
    const said = [
      "根据《“数字政府”综合改革试点方案》有关要求",
      "市水利局“智慧水务系统”计划进度60.00%、实际进度35.00%，落后25.00个百分点",
      "迟报月报1份，具体为：市水利局1份",
      "“任务7”（市自然资源局）逾期29天",
      "“事项督〔2026〕3号”（市水利局）逾期20天",
      "于2026年8月10日前完成整改",
      "2026年7月月报请于2026年8月17日前",
      "联系人：林晓彤，联系电话：0750-8933000",
    ];
    expect(said.filter((phrase) => !text.includes(phrase))).toEqual([]);
  });

  it("every figure leads to a page of the assessment", async () => {
    await makeEvents(city);
    const content = await contentOf(await city.draft(await city.assess()));
    const elsewhere = content.figures.filter(
      ({ evidenceUrl }) => evidenceUrl !== "/ranking?period=2026-06" && !evidenceUrl.startsWith("/ranking/2026-06/"),
    );
    expect(content.figures.length).toBeGreaterThan(20);
    expect(elsewhere).toEqual([]);
  });

  it("drafting again takes the figures anew: one draft, a higher version", async () => {
    const periodId = await city.assess();
    const first = await city.draft(periodId);
    const again = await city.draft(periodId, { rectifyBy: localDate("2026-08-20") });
    expect(again).toBe(first);
    expect(await rowOf(first)).toMatchObject({ version: 2 });
    expect(plainText(await contentOf(first))).toContain("于2026年8月20日前");
  });

  it("ten at once leave one draft", async () => {
    const periodId = await city.assess();
    const ids = await Promise.all(Array.from({ length: 10 }, () => city.draft(periodId)));
    expect(new Set(ids).size).toBe(1);
    expect(await db.$count(bulletins, eq(bulletins.periodId, periodId))).toBe(1);
  });

  it("a signed bulletin is never drafted over", async () => {
    const periodId = await city.assess();
    const id = await city.draft(periodId);
    accepted(await signBulletin(city.ctx(city.leader), id, 1));
    const before = await rowOf(id);
    const result = await draftBulletin(city.ctx(city.assessor), draftInput(periodId));
    expect(result).toMatchObject({ ok: false, refusals: [{ code: "alreadyPublished" }] });
    expect(await rowOf(id)).toEqual(before);
  });

  it("an earlier rectification day than tomorrow is refused at its field", async () => {
    const periodId = await city.assess();
    const input = { ...draftInput(periodId), rectifyBy: localDate("2026-07-20") };
    const result = await draftBulletin(city.ctx(city.assessor), input);
    expect(result).toMatchObject({ ok: false, refusals: [{ code: "rectifyNotAhead", field: "rectifyBy" }] });
  });

  it("compares with the final period before", async () => {
    await makeEvents(city);
    const may = accepted(await freezePeriod(city.ctx(city.assessor), { period: period("2026-05") })).periodId;
    await db.execute(`update assessment_periods set state = 'final' where id = '${may}'`);
    const text = plainText(await contentOf(await city.draft(await city.assess())));
    expect(text).toContain("共3个（比上期增加1个）");
  });
});

describe("who sees a draft", () => {
  it.each([
    ["a filer", "filer"],
    ["a unit's leader", "unitLead"],
    ["finance", "financeReviewer"],
  ] as const)("%s gets 404", async (_name, role) => {
    const id = await city.draft(await city.assess());
    const actor = await city.as(role);
    await expect(readBulletin(db, actor, id)).rejects.toMatchObject({ kind: "notFound" });
  });

  it("who signs sees it", async () => {
    const id = await city.draft(await city.assess());
    expect(await readBulletin(db, city.leader, id)).toMatchObject({ bulletin: { id, state: "draft" }, receipts: 0 });
  });

  it("another region's assessor gets 404 for the period and for the bulletin", async () => {
    const elsewhere = await makeAssessedCity(db);
    const periodId = await city.assess();
    const id = await city.draft(periodId);
    await expect(draftBulletin(elsewhere.ctx(elsewhere.assessor), draftInput(periodId))).rejects.toMatchObject({
      kind: "notFound",
    });
    await expect(readBulletin(db, elsewhere.assessor, id)).rejects.toMatchObject({ kind: "notFound" });
  });

  it("who reads but may not draft gets 403", async () => {
    const periodId = await city.assess();
    await expect(draftBulletin(city.ctx(city.leader), draftInput(periodId))).rejects.toMatchObject({
      kind: "forbidden",
    });
  });

  it("content that was changed behind the hash is not shown", async () => {
    const id = await city.draft(await city.assess());
    await db
      .update(bulletins)
      .set({ content: { ...(await contentOf(id)), title: "另一个标题" } })
      .where(eq(bulletins.id, id));
    await expect(readBulletin(db, city.leader, id)).rejects.toThrow("does not match its hash");
  });
});
