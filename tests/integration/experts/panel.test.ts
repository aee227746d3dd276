import { and, asc, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import { attachments, auditEntries, domainEvents, expertOpinions, expertPanels, messages } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { fullOpinion, giveFor, makeExpert, makePanel, seatOf } from "@tests/support/factories/experts";
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
import type { Result } from "~/kernel/result";
import { cancelPanel } from "~/modules/experts/cancel-panel.server";
import { concludePanel } from "~/modules/experts/conclude-panel.server";
import { convenePanel } from "~/modules/experts/convene-panel.server";
import { declareAvoidance } from "~/modules/experts/declare-avoidance.server";
import { listExperts, specialties } from "~/modules/experts/experts.queries.server";
import { giveOpinion } from "~/modules/experts/give-opinion.server";
import { expertListeners } from "~/modules/experts/index.server";
import { listInvitations, readInvitation, readOpinionAttachment } from "~/modules/experts/opinions.queries.server";
import { readPanelPage, readPanelSheet } from "~/modules/experts/panel.queries.server";
import { replaceMember } from "~/modules/experts/replace-member.server";
import { saveOpinion } from "~/modules/experts/save-opinion.server";
import { summaryForm } from "~/modules/experts/summary-form";
import { passReview } from "~/modules/projects/pass-review.server";
import { FORM_CHECK_KEYS } from "~/modules/projects/review/form-check.rules";
import { passFormCheck } from "~/modules/projects/review/pass-form-check.server";
import { returnForSupplement } from "~/modules/projects/return-for-supplement.server";
import { relayOutbox } from "~/platform/outbox.server";
import { scopeFor } from "~/policy";

const db = testDatabase();
const today = localDate("2026-07-20");
let city: TestCity;
let desks: Desks;
let experts: Actor[];
beforeAll(async () => {
  city = await makeCity(db);
  desks = await makeDesks(city);
  experts = [];
  for (let n = 0; n < 6; n++) experts.push(await makeExpert(city));
});

const bureau = () => city.ctx(desks.bureau);
const expert = (index: number): Actor => experts[index] ?? expect.fail(`no expert ${index}`);
const codes = (result: Result<unknown>) => (result.ok ? [] : result.refusals.map(({ code }) => code));
const panelRow = async (id: string) => {
  const [row] = await db.select().from(expertPanels).where(eq(expertPanels.id, id));
  return row ?? expect.fail("no panel");
};
const eventsOf = async (panelId: string) => {
  const rows = await db
    .select({ type: domainEvents.type, payload: domainEvents.payload })
    .from(domainEvents)
    .orderBy(asc(domainEvents.id));
  return rows.filter(({ payload }) => payload.panelId === panelId).map(({ type }) => type);
};
const three = () => [expert(0), expert(1), expert(2)];

describe("the way of a panel", () => {
  it("is convened, one member avoids and is replaced, all give, the bureau concludes", async () => {
    const project = await makeFormChecked(city, desks);
    const panelId = await makePanel(city, desks.bureau, project, three());
    // five working days after Monday 20 July
    expect(await panelRow(panelId)).toMatchObject({ state: "open", dueOn: "2026-07-27" });
    const asked = await db
      .select()
      .from(messages)
      .where(eq(messages.userId, expert(0).userId));
    expect(asked.map(({ title }) => title)).toEqual([expect.stringContaining("请于 2026-07-27 前出具专家意见")]);

    await giveFor(city, panelId, expert(0), "agree", "5");
    const avoiding = await seatOf(city, panelId, expert(1));
    accepted(
      await declareAvoidance(city.ctx(expert(1)), {
        opinionId: avoiding.id,
        version: avoiding.version,
        avoids: true,
        avoidReason: "曾任项目监理",
      }),
    );
    await giveFor(city, panelId, expert(2), "disagree", "4");

    const conclusion = { panelId, verdict: "agree" as const, summary: "同意立项", deviationReason: "" };
    expect(codes(await concludePanel(bureau(), { ...conclusion, version: 1 }))).toContain("oddAndEnough");
    const { opinionId } = accepted(
      await replaceMember(bureau(), {
        panelId,
        version: 1,
        opinionId: avoiding.id,
        expertId: expert(3).userId,
        reason: "",
      }),
    );
    expect(await seatOf(city, panelId, expert(3))).toMatchObject({ id: opinionId, replacesId: avoiding.id });
    expect(codes(await concludePanel(bureau(), { ...conclusion, version: 2 }))).toContain("opinionsComplete");
    expect(codes(await passReview(bureau(), { projectId: project.id, version: project.version }))).toEqual([
      "noPanelOpen",
    ]);

    await giveFor(city, panelId, expert(3), "agree", "4");
    const page = await readPanelPage(db, desks.bureau, { projectId: project.id, today });
    expect(page.panel).toMatchObject({ proposed: "agree", standing: { active: 3, given: 3, waiting: 0, toInvite: 0 } });
    expect(page.panel?.figures[0]).toEqual({ criterion: "necessity", average: "4.33", lowest: 4, highest: 5 });

    accepted(await concludePanel(bureau(), { ...conclusion, version: 2 }));
    expect(await panelRow(panelId)).toMatchObject({
      state: "concluded",
      proposedVerdict: "agree",
      verdict: "agree",
      deviationReason: null,
      concludedBy: desks.bureau.userId,
    });
    expect(await eventsOf(panelId)).toEqual([
      "expertPanelConvened",
      "expertAccepted",
      "expertOpinionGiven",
      "expertAvoided",
      "expertAccepted",
      "expertOpinionGiven",
      "expertAccepted",
      "expertOpinionGiven",
      "expertPanelConcluded",
    ]);
    accepted(await passReview(bureau(), { projectId: project.id, version: project.version }));

    const form = summaryForm(await readPanelSheet(db, desks.bureau, { projectId: project.id, panelId, today }), false);
    expect(form.table.rows.map((row) => row[1])).toEqual([
      expert(0).name,
      expert(1).name,
      expert(2).name,
      expert(3).name,
      "平均分",
      "评审结论",
    ]);
    expect(form.table.rows[1]?.at(-1)).toBe("回避理由：曾任项目监理");
    expect(new Set(form.table.rows.map((row) => row.length))).toEqual(new Set([form.table.columns.length]));
  });

  it("a verdict against the majority needs a reason, which stays with it", async () => {
    const project = await makeFormChecked(city, desks);
    const panelId = await makePanel(city, desks.bureau, project, three());
    for (const each of three()) await giveFor(city, panelId, each, "agree");
    const conclusion = { panelId, version: 1, verdict: "disagree" as const, summary: "不予支持" };
    expect(await concludePanel(bureau(), { ...conclusion, deviationReason: " " })).toMatchObject({
      refusals: [{ code: "deviationReasoned", field: "deviationReason" }],
    });
    accepted(await concludePanel(bureau(), { ...conclusion, deviationReason: "省级已有统建系统" }));
    expect(await panelRow(panelId)).toMatchObject({
      verdict: "disagree",
      proposedVerdict: "agree",
      deviationReason: "省级已有统建系统",
    });
  });
});

describe("convening", () => {
  const convene = (project: { id: string; version: number }, people: readonly Actor[], as = desks.bureau) =>
    convenePanel(city.ctx(as), {
      projectId: project.id,
      version: project.version,
      expertIds: people.map(({ userId }) => userId),
      questions: "方案是否可行",
    });

  it("waits for the form check", async () => {
    expect(codes(await convene(await makeUnderReview(city, desks), three()))).toEqual(["formNotChecked"]);
  });
  it("refuses an even number, a stranger and whoever works for the applicant", async () => {
    const project = await makeFormChecked(city, desks);
    const tied = await makeExpert(city, "测试县 自然资源局信息中心");
    const ownUnit = await makeExpert(city, "市自然资源局");
    expect(codes(await convene(project, three().slice(1)))).toEqual(["tooFewExperts"]);
    expect(codes(await convene(project, [...three(), expert(3)]))).toEqual(["evenNumber"]);
    expect(codes(await convene(project, [expert(0), expert(1), desks.filer]))).toEqual(["expertUnavailable"]);
    expect(await convene(project, [expert(0), expert(1), ownUnit])).toMatchObject({
      refusals: [{ code: "expertConflicts", facts: { name: ownUnit.name, conflict: "ownUnit" } }],
    });
    // another body's centre, though its name sounds alike
    accepted(await convene(project, [expert(0), expert(1), tied]));
  });
  it("counts a person once, however often the form names him", async () => {
    const project = await makeFormChecked(city, desks);
    expect(codes(await convene(project, [expert(0), expert(0), expert(1)]))).toEqual(["tooFewExperts"]);
  });
  it("sent twice makes one panel", async () => {
    const project = await makeFormChecked(city, desks);
    const both = await Promise.all([convene(project, three()), convene(project, three())]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(both.flatMap(codes)).toEqual(["panelAlreadyOpen"]);
    expect(await db.$count(expertPanels, eq(expertPanels.projectId, project.id))).toBe(1);
  });
  it("is the bureau's alone: 403 for the unit, 404 outside its sight, conflict on an old page", async () => {
    const project = await makeFormChecked(city, desks);
    await expect(convene(project, three(), desks.filer)).rejects.toMatchObject({ kind: "forbidden" });
    const stranger = await city.as("filer", city.otherUnitId);
    await expect(convene(project, three(), stranger)).rejects.toMatchObject({ kind: "notFound" });
    const elsewhere: Actor = { ...desks.bureau, regionId: city.otherRegionId, regionIds: [city.otherRegionId] };
    await expect(convene(project, three(), elsewhere)).rejects.toMatchObject({ kind: "notFound" });
    await expect(convene({ ...project, version: project.version - 1 }, three())).rejects.toMatchObject({
      kind: "conflict",
    });
  });
});

describe("an expert", () => {
  it("sees the filing only after declaring no conflict, and nobody else's seat", async () => {
    const project = await makeFormChecked(city, desks);
    const panelId = await makePanel(city, desks.bureau, project, three());
    const seat = await seatOf(city, panelId, expert(0));
    const read = (actor: Actor) => readInvitation(db, actor, seat.id, today);
    expect(await read(expert(0))).toMatchObject({ opinion: { state: "invited" }, filing: null, remainingWorkdays: 5 });
    await expect(read(expert(1))).rejects.toMatchObject({ kind: "notFound" });
    await expect(read(desks.bureau)).rejects.toMatchObject({ kind: "notFound" });
    const [attached] = await db.select().from(attachments).where(eq(attachments.projectId, project.id));
    const attachment = { opinionId: seat.id, attachmentId: attached?.id ?? "" };
    await expect(readOpinionAttachment(db, expert(0), attachment)).rejects.toMatchObject({ kind: "notFound" });

    const declaration = { opinionId: seat.id, version: 1, avoids: false, avoidReason: "" };
    await expect(declareAvoidance(city.ctx(expert(1)), declaration)).rejects.toMatchObject({ kind: "notFound" });
    accepted(await declareAvoidance(city.ctx(expert(0)), declaration));
    expect((await read(expert(0))).filing?.basics.name).toBe((await projectRow({ db }, project.id)).name);
    await expect(readOpinionAttachment(db, expert(1), attachment)).rejects.toMatchObject({ kind: "notFound" });

    const conflict = { opinionId: seat.id, version: 2, avoids: true };
    expect(codes(await declareAvoidance(city.ctx(expert(0)), { ...conflict, avoidReason: "" }))).toEqual([
      "reasonGiven",
    ]);
    accepted(await declareAvoidance(city.ctx(expert(0)), { ...conflict, avoidReason: "配偶任职于供应商" }));
    expect(await read(expert(0))).toMatchObject({ opinion: { state: "avoided" }, filing: null });
  });

  it("saves a draft that nobody else sees, and gives once", async () => {
    const project = await makeFormChecked(city, desks);
    const panelId = await makePanel(city, desks.bureau, project, three());
    const ctx = city.ctx(expert(0));
    const { id: opinionId } = await seatOf(city, panelId, expert(0));
    const full = fullOpinion("agree");
    const early = await saveOpinion(ctx, { opinionId, version: 1, ...full });
    expect(codes(early)).toEqual(["notInThisSeatState"]);
    accepted(await declareAvoidance(ctx, { opinionId, version: 1, avoids: false, avoidReason: "" }));

    const partial = { ...full, verdict: null, opinion: "待补充" };
    accepted(await saveOpinion(ctx, { opinionId, version: 2, ...partial }));
    const page = await readPanelPage(db, desks.bureau, { projectId: project.id, today });
    expect(page.panel?.members[0]).toMatchObject({ state: "opining", marks: null, verdict: null, opinion: null });
    expect((await readInvitation(db, expert(0), opinionId, today)).opinion).toMatchObject({ opinion: "待补充" });

    expect(codes(await giveOpinion(ctx, { opinionId, version: 3, ...partial }))).toEqual(["verdictMissing"]);
    await expect(giveOpinion(ctx, { opinionId, version: 2, ...full })).rejects.toMatchObject({ kind: "conflict" });
    await expect(giveOpinion(city.ctx(expert(1)), { opinionId, version: 3, ...full })).rejects.toMatchObject({
      kind: "notFound",
    });
    accepted(await giveOpinion(ctx, { opinionId, version: 3, ...full }));
    const again = fullOpinion("disagree", "1");
    expect(codes(await giveOpinion(ctx, { opinionId, version: 4, ...again }))).toEqual(["notInThisSeatState"]);
    expect(codes(await saveOpinion(ctx, { opinionId, version: 4, ...again }))).toEqual(["notInThisSeatState"]);
    expect(await seatOf(city, panelId, expert(0))).toMatchObject({ verdict: "agree", opinion: "建议立项" });
    const given = and(eq(auditEntries.objectId, opinionId), eq(auditEntries.result, "expertOpinionGiven"));
    expect(await db.$count(auditEntries, given)).toBe(1);
  });

  it("cannot write once the panel is over", async () => {
    const project = await makeFormChecked(city, desks);
    const panelId = await makePanel(city, desks.bureau, project, three());
    const { id: opinionId } = await seatOf(city, panelId, expert(0));
    expect(codes(await cancelPanel(bureau(), { panelId, version: 1, reason: " " }))).toEqual(["reasonGiven"]);
    accepted(await cancelPanel(bureau(), { panelId, version: 1, reason: "改为会议评审" }));
    const declaration = { opinionId, version: 1, avoids: false, avoidReason: "" };
    expect(codes(await declareAvoidance(city.ctx(expert(0)), declaration))).toEqual(["panelOpen"]);
    expect(codes(await cancelPanel(bureau(), { panelId, version: 2, reason: "再次" }))).toEqual([
      "notInThisPanelState",
    ]);
    const list = await listInvitations(db, expert(0).userId, 1, today);
    expect(list.rows[0]).toMatchObject({ id: opinionId, panelState: "cancelled", remainingWorkdays: null });
  });
});

describe("replacing", () => {
  it("gives a silent member's seat away with a reason, once; who has given stays", async () => {
    const project = await makeFormChecked(city, desks);
    const panelId = await makePanel(city, desks.bureau, project, three());
    await giveFor(city, panelId, expert(0), "agree");
    const given = await seatOf(city, panelId, expert(0));
    const silent = await seatOf(city, panelId, expert(1));
    const change = { panelId, version: 1, opinionId: silent.id, expertId: expert(4).userId, reason: "出差未回复" };
    const replaceBy = (more: Partial<typeof change>) => replaceMember(bureau(), { ...change, ...more });
    expect(codes(await replaceBy({ reason: " " }))).toEqual(["reasonGiven"]);
    expect(codes(await replaceBy({ opinionId: given.id }))).toEqual(["seatNotFree"]);
    expect(codes(await replaceBy({ expertId: expert(2).userId }))).toEqual(["alreadyOnPanel"]);
    expect(codes(await replaceBy({ expertId: desks.lead.userId }))).toEqual(["expertUnavailable"]);
    await expect(replaceBy({ version: 2 })).rejects.toMatchObject({ kind: "conflict" });
    await expect(replaceMember(city.ctx(expert(0)), change)).rejects.toMatchObject({ kind: "notFound" });

    const both = await Promise.allSettled([replaceBy({}), replaceBy({})]);
    expect(both.filter((each) => each.status === "fulfilled" && each.value.ok)).toHaveLength(1);
    expect(codes(await replaceBy({ version: 2, expertId: expert(5).userId }))).toEqual(["seatTaken"]);
    expect(await seatOf(city, panelId, expert(1))).toMatchObject({ releaseReason: "出差未回复" });
    const late = { opinionId: silent.id, version: 2, avoids: false, avoidReason: "" };
    expect(codes(await declareAvoidance(city.ctx(expert(1)), late))).toEqual(["notInThisSeatState"]);
    expect(await db.$count(expertOpinions, eq(expertOpinions.panelId, panelId))).toBe(4);
  });
});

describe("a review that ends without its panel", () => {
  it("cancels it once; a panel of the next round is left alone by a late delivery", async () => {
    const project = await makeFormChecked(city, desks);
    const panelId = await makePanel(city, desks.bureau, project, three());
    const reason = "绩效目标不够量化";
    accepted(await returnForSupplement(bureau(), { projectId: project.id, version: project.version, reason }));
    await relayOutbox(db, expertListeners);
    expect(await panelRow(panelId)).toMatchObject({
      state: "cancelled",
      cancelReason: "项目已办理“退回补正”",
      version: 2,
    });
    const cancelled = and(eq(domainEvents.subjectId, project.id), eq(domainEvents.type, "expertPanelCancelled"));
    expect(await db.select().from(domainEvents).where(cancelled)).toMatchObject([{ actorId: desks.bureau.userId }]);

    const later = "2026-07-21";
    const version = await submitAndSign(city.ctx(desks.filer, later), city.ctx(desks.lead, later), project.id);
    const check = { projectId: project.id, version, checks: FORM_CHECK_KEYS };
    accepted(await passFormCheck(city.ctx(desks.bureau, later), check));
    const { panelId: next } = accepted(
      await convenePanel(city.ctx(desks.bureau, later), {
        projectId: project.id,
        version: version + 1,
        expertIds: three().map(({ userId }) => userId),
        questions: "修改是否到位",
      }),
    );
    const [cause] = await db
      .select()
      .from(domainEvents)
      .where(and(eq(domainEvents.subjectId, project.id), eq(domainEvents.type, "projectReturned")));
    const again = { topic: "projectReturned", subjectId: project.id, regionId: city.regionId };
    for (const listen of expertListeners.projectReturned ?? []) {
      await listen({ ...again, payload: { eventId: cause?.id } }, db);
    }
    expect((await panelRow(next)).state).toBe("open");
    expect(await db.$count(domainEvents, cancelled)).toBe(1);
  });
});

describe("the register", () => {
  it("shows the bureau each expert's load and how often he avoided", async () => {
    const fresh = await makeExpert(city, "江门市大数据协会");
    const scope = scopeFor(desks.bureau, "expert:convene");
    const { rows } = await listExperts(db, scope, { q: "大数据", specialty: "", page: 1 });
    expect(rows).toMatchObject([{ id: fresh.userId, open: 0, given: 0, declared: 0, avoided: 0, invited: 0 }]);
    const all = await listExperts(db, scope, { q: "", specialty: "软件工程", page: 1 });
    expect(all.rows.find(({ id }) => id === expert(1).userId)?.avoided).toBeGreaterThan(0);
    expect(await specialties(db, scope)).toEqual(["软件工程"]);
    const elsewhere = { ...desks.bureau, unitId: city.otherUnitId, regionIds: [city.otherRegionId] };
    expect(
      (await listExperts(db, scopeFor(elsewhere, "expert:convene"), { q: "", specialty: "", page: 1 })).total,
    ).toBe(0);
  });
});
