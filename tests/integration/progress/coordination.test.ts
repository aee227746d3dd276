import { and, asc, eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";

import {
  auditEntries,
  coordinationMatters,
  domainEvents,
  messages,
  monthlyReports,
  outbox,
  supervisionItems,
} from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { makeMatter } from "@tests/support/factories/coordination";
import { makeProjectUnderWay, type TestProject } from "@tests/support/factories/progress";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { localDate } from "~/kernel/local-date";
import { period, type Period } from "~/kernel/period";
import { mattersToAdvise, mattersToAnswer } from "~/modules/desk/coordination.work.server";
import { adviseMatter } from "~/modules/progress/coordination/advise-matter.server";
import { answerMatter } from "~/modules/progress/coordination/answer-matter.server";
import { coordinationListeners } from "~/modules/progress/coordination/coordination.listeners.server";
import {
  coordinationFigures,
  listMatters,
  mattersToExport,
  readCoordinationQuery,
  readMatter,
} from "~/modules/progress/coordination/coordination.queries.server";
import { finishMatter } from "~/modules/progress/coordination/finish-matter.server";
import { hearSignedReport } from "~/modules/progress/coordination/hear-report.server";
import { itemiseMatter } from "~/modules/progress/coordination/itemise-matter.server";
import { settleMatter } from "~/modules/progress/coordination/settle-matter.server";
import { openReports } from "~/modules/progress/duty/open-reports.server";
import { signReport } from "~/modules/progress/report/sign-report.server";
import { submitReport } from "~/modules/progress/report/submit-report.server";
import { relayOutbox } from "~/platform/outbox.server";
import { scopeFor } from "~/policy";

const db = testDatabase();
const [MAY, JUNE] = [period("2026-05"), period("2026-06")];
const TODAY = localDate("2026-07-20");
let city: TestCity;
let people: Record<"filer" | "lead" | "stranger" | "bureau" | "leader", Actor>;
let project: TestProject;

beforeAll(async () => {
  city = await makeCity(db);
  people = {
    filer: await city.as("filer"),
    lead: await city.as("unitLead"),
    stranger: await city.as("filer", city.otherUnitId),
    bureau: await city.as("bureauReviewer"),
    leader: await city.as("leader", city.bureauUnitId),
  };
});
beforeEach(async () => {
  project = await makeProjectUnderWay(city, {
    startedOn: "2026-05-01",
    plan: [{ plannedOn: "2026-12-31", cumulativePercent: 100 }],
  });
  await openReports(db, localDate("2026-07-10"), { projectId: project.id });
});

/** Submits and signs a month's report, without anybody hearing of it yet. */
async function sign(month: Period, mattersToSettle: string, day = "2026-07-10"): Promise<void> {
  const ref = async () => {
    const [row] = await db
      .select()
      .from(monthlyReports)
      .where(and(eq(monthlyReports.projectId, project.id), eq(monthlyReports.period, month)));
    return { projectId: project.id, period: month, version: row?.version ?? 0 };
  };
  const content = {
    ...{ actualPercent: "10", doneThisMonth: "完成联调", nextMonth: "上线试用", problems: "", claims: [] },
    mattersToSettle,
  };
  const submitted = await submitReport(city.ctx(people.filer, day), await ref(), content);
  const signed = submitted.ok ? await signReport(city.ctx(people.lead, day), await ref()) : submitted;
  if (!signed.ok) throw new Error(JSON.stringify(signed));
}
const hear = (day = "2026-07-10") => hearSignedReport(city.ctx(people.lead, day), project.id);
const matters = () =>
  db
    .select()
    .from(coordinationMatters)
    .where(eq(coordinationMatters.projectId, project.id))
    .orderBy(asc(coordinationMatters.id));
const only = async () => {
  const [matter, ...more] = await matters();
  expect(more).toEqual([]);
  return matter ?? expect.fail("no matter");
};
const eventsOf = async (id: string) =>
  (
    await db
      .select()
      .from(domainEvents)
      .where(eq(domainEvents.subjectId, id))
      .orderBy(asc(domainEvents.at), asc(domainEvents.id))
  ).map(({ type, payload, reason }) => ({ type, payload, reason }));
const told = (userId: string, id: string) =>
  db.$count(messages, and(eq(messages.userId, userId), eq(messages.href, `/coordination/${id}`)));

describe("a signed report", () => {
  it("raises its matter through the outbox, with the limit of working days, and tells leader and bureau", async () => {
    await sign(JUNE, "请领导小组协调管线单位");
    await relayOutbox(db, coordinationListeners);
    const matter = await only();
    // fifteen working days after Friday 2026-07-10
    expect(matter).toMatchObject({
      state: "raised",
      text: "请领导小组协调管线单位",
      raisedOn: "2026-07-10",
      answerDueOn: "2026-07-31",
      unitId: city.unitId,
      endedOn: null,
    });
    expect([await told(people.leader.userId, matter.id), await told(people.bureau.userId, matter.id)]).toEqual([1, 1]);
    const rows = await Promise.all([
      db.$count(auditEntries, eq(auditEntries.objectId, matter.id)),
      db.$count(outbox, eq(outbox.subjectId, matter.id)),
    ]);
    expect(rows).toEqual([1, 1]);
  });

  it("heard ten times at once is one matter", async () => {
    await sign(JUNE, "请领导小组协调管线单位");
    await Promise.all(Array.from({ length: 10 }, () => hear()));
    const matter = await only();
    expect(matter.version).toBe(1);
    expect(await eventsOf(matter.id)).toHaveLength(1);
  });

  it("says nothing to settle, and nothing rises", async () => {
    await sign(JUNE, "  ");
    await hear();
    expect(await matters()).toEqual([]);
  });

  it("says something else: the text follows, and the event keeps what was said", async () => {
    await sign(MAY, "请协调接口");
    await hear();
    await sign(JUNE, "请协调机房");
    await hear();
    await hear();
    const matter = await only();
    expect(matter).toMatchObject({ text: "请协调机房", state: "raised", version: 2 });
    const events = await eventsOf(matter.id);
    expect(events.map(({ type }) => type)).toEqual(["coordinationRaised", "coordinationRevised"]);
    expect(events[1]?.payload).toMatchObject({ text: "请协调机房", textBefore: "请协调接口" });
  });

  it("the correction of an older month does not speak over a newer one", async () => {
    await sign(JUNE, "请协调机房");
    await hear();
    await sign(MAY, "");
    await hear();
    await sign(MAY, "请协调别的", "2026-07-13");
    await hear("2026-07-13");
    expect(await only()).toMatchObject({ text: "请协调机房", state: "raised", version: 1 });
  });

  it("a correction that is not signed yet does not speak", async () => {
    await sign(JUNE, "请协调机房");
    await db
      .update(monthlyReports)
      .set({ state: "draft", mattersToSettle: "" })
      .where(eq(monthlyReports.projectId, project.id));
    await hear();
    expect(await only()).toMatchObject({ text: "请协调机房", state: "raised" });
  });

  it("not asked any more before an answer is withdrawn; asked again it rises anew", async () => {
    await sign(MAY, "请协调接口");
    await hear();
    await sign(JUNE, "");
    await hear();
    await hear();
    expect(await only()).toMatchObject({ state: "withdrawn", endedOn: "2026-07-10", version: 2 });
    await sign(JUNE, "请协调接口", "2026-07-13");
    await hear("2026-07-13");
    expect((await matters()).map(({ state }) => state)).toEqual(["withdrawn", "raised"]);
  });

  it("not asked any more after an answer is settled", async () => {
    await sign(MAY, "请协调接口");
    await hear();
    const { id, version } = await only();
    await answerMatter(city.ctx(people.leader), { id, version, answer: "由数据局牵头协调" });
    await sign(JUNE, "");
    await hear();
    expect(await only()).toMatchObject({ state: "settled", answer: "由数据局牵头协调", endedOn: "2026-07-10" });
  });

  it("settled by the bureau, the same report heard again does not raise it", async () => {
    await sign(JUNE, "请协调接口");
    await hear();
    const { id, version } = await only();
    await settleMatter(city.ctx(people.bureau), { id, version, reason: "接口已开通" });
    await hear();
    expect(await only()).toMatchObject({ state: "settled", endedOn: "2026-07-20" });
  });
});

describe("verbs", () => {
  let id: string;
  const owner = () => ({ db, regionId: city.regionId, unitId: city.unitId });
  const load = async () => {
    const [row] = await db.select().from(coordinationMatters).where(eq(coordinationMatters.id, id));
    return row ?? expect.fail("no matter");
  };
  const ref = async () => ({ id, version: (await load()).version });
  beforeEach(async () => {
    await db.delete(monthlyReports).where(eq(monthlyReports.projectId, project.id));
    id = await makeMatter(owner(), project.id);
  });
  const itemising = async (more: Partial<Parameters<typeof itemiseMatter>[1]> = {}) => ({
    ...(await ref()),
    answer: "由市水利局牵头，月底前提供接口",
    unitId: city.otherUnitId,
    requirement: "七月底前提供测试接口",
    ...more,
  });

  it("the bureau advises, the leader is told, and advises anew until the answer", async () => {
    expect(await adviseMatter(city.ctx(people.bureau), { ...(await ref()), advice: "建议由水利局牵头" })).toEqual({
      ok: true,
      value: null,
    });
    await adviseMatter(city.ctx(people.bureau), { ...(await ref()), advice: "建议由数据局牵头" });
    expect(await load()).toMatchObject({
      state: "raised",
      advice: "建议由数据局牵头",
      advisedBy: people.bureau.userId,
    });
    expect(await told(people.leader.userId, id)).toBe(2);
    await answerMatter(city.ctx(people.leader), { ...(await ref()), answer: "同意数据局意见" });
    expect(await adviseMatter(city.ctx(people.bureau), { ...(await ref()), advice: "另有意见" })).toMatchObject({
      refusals: [{ code: "notInThisState" }],
    });
  });

  it("the leader answers, and answers anew; the unit is told each time", async () => {
    await answerMatter(city.ctx(people.leader), { ...(await ref()), answer: "由数据局协调" });
    await answerMatter(city.ctx(people.leader), { ...(await ref()), answer: "由数据局和水利局协调" });
    expect(await load()).toMatchObject({ state: "answered", answer: "由数据局和水利局协调", endedOn: null });
    expect([await told(people.filer.userId, id), await told(people.lead.userId, id)]).toEqual([2, 2]);
  });

  it("the leader makes it an item: answer, item and link in one step; closing it settles the matter", async () => {
    expect(await itemiseMatter(city.ctx(people.leader), await itemising({ dueOn: localDate("2026-07-31") }))).toEqual({
      ok: true,
      value: null,
    });
    const matter = await load();
    expect(matter).toMatchObject({ state: "itemised", answer: "由市水利局牵头，月底前提供接口" });
    const [item] = await db
      .select()
      .from(supervisionItems)
      .where(eq(supervisionItems.id, matter.itemId ?? ""));
    expect(item).toMatchObject({
      origin: "coordination",
      originId: id,
      unitId: city.otherUnitId,
      state: "assigned",
      dueOn: "2026-07-31",
    });
    const close = () => finishMatter(city.ctx(people.bureau, "2026-07-30"), matter.itemId ?? "");
    expect([await close(), await close()]).toEqual([
      { ok: true, value: null },
      { ok: true, value: null },
    ]);
    expect(await load()).toMatchObject({ state: "settled", endedOn: "2026-07-30" });
    expect((await eventsOf(id)).filter(({ type }) => type === "coordinationFinished")).toHaveLength(1);
  });

  it("hears of a closed item through the outbox", async () => {
    await itemiseMatter(city.ctx(people.leader), await itemising());
    const { itemId } = await load();
    const closing = coordinationListeners["supervisionClosed"]?.[0] ?? expect.fail("nobody listens");
    const [event] = await db
      .select()
      .from(domainEvents)
      .where(eq(domainEvents.subjectId, itemId ?? ""));
    await db
      .update(domainEvents)
      .set({ actorRole: "bureauReviewer", actorId: people.bureau.userId, type: "supervisionClosed" })
      .where(eq(domainEvents.id, event?.id ?? ""));
    const delivered = {
      topic: "supervisionClosed",
      subjectId: itemId ?? "",
      regionId: city.regionId,
      payload: { eventId: event?.id },
    };
    await closing(delivered, db);
    await closing(delivered, db);
    expect((await load()).state).toBe("settled");
  });

  it.each([
    ["a day that has passed", { dueOn: localDate("2026-07-19") }, "dueInPast"],
    ["no words of answer", { answer: " " }, "answerGiven"],
  ])("making it an item with %s", async (_name, more, code) => {
    const before = await db.$count(supervisionItems);
    const result = await itemiseMatter(city.ctx(people.leader), await itemising(more));
    expect(result).toMatchObject({ refusals: [{ code }] });
    expect([(await load()).state, await db.$count(supervisionItems)]).toEqual(["raised", before]);
  });

  it("refuses a unit elsewhere, and writes neither answer nor item", async () => {
    const elsewhere = await makeCity(db);
    const before = await db.$count(supervisionItems);
    const result = await itemiseMatter(city.ctx(people.leader), await itemising({ unitId: elsewhere.unitId }));
    expect(result).toMatchObject({ refusals: [{ code: "unitUnknown", field: "unitId" }] });
    expect([(await load()).answer, await db.$count(supervisionItems)]).toEqual([null, before]);
  });

  it("the bureau settles it with its reason, and nothing can be done after", async () => {
    expect(await settleMatter(city.ctx(people.bureau), { ...(await ref()), reason: " " })).toMatchObject({
      refusals: [{ code: "reasonGiven" }],
    });
    await settleMatter(city.ctx(people.bureau), { ...(await ref()), reason: "接口已开通" });
    expect(await load()).toMatchObject({ state: "settled", endedOn: "2026-07-20" });
    expect((await eventsOf(id)).at(-1)).toMatchObject({ type: "coordinationSettled", reason: "接口已开通" });
    expect(await answerMatter(city.ctx(people.leader), { ...(await ref()), answer: "由数据局协调" })).toMatchObject({
      refusals: [{ code: "notInThisState" }],
    });
  });

  const verbs = [
    [
      "adviseMatter",
      (actor: Actor, r: { id: string; version: number }) =>
        adviseMatter(city.ctx(actor), { ...r, advice: "建议由数据局牵头" }),
      "bureau",
      "leader",
    ],
    [
      "answerMatter",
      (actor: Actor, r: { id: string; version: number }) =>
        answerMatter(city.ctx(actor), { ...r, answer: "由数据局协调" }),
      "leader",
      "bureau",
    ],
    [
      "itemiseMatter",
      async (actor: Actor, r: { id: string; version: number }) =>
        itemiseMatter(city.ctx(actor), { ...(await itemising()), ...r }),
      "leader",
      "bureau",
    ],
    [
      "settleMatter",
      (actor: Actor, r: { id: string; version: number }) =>
        settleMatter(city.ctx(actor), { ...r, reason: "接口已开通" }),
      "bureau",
      "filer",
    ],
  ] as const;

  it.each(verbs)(
    "%s: another unit gets 404, who may not gets 403, a stale page 409",
    async (_name, act, may, mayNot) => {
      await expect(act(people.stranger, await ref())).rejects.toMatchObject({ kind: "notFound" });
      await expect(act(people[mayNot], await ref())).rejects.toMatchObject({ kind: "forbidden" });
      await expect(act(people[may], { id, version: 99 })).rejects.toMatchObject({ kind: "conflict" });
      expect((await load()).version).toBe(1);
    },
  );

  it.each(verbs)("%s: ten clicks have one effect", async (name, act, may) => {
    const shown = await ref();
    const items = await db.$count(supervisionItems);
    const clicks = await Promise.allSettled(Array.from({ length: 10 }, () => act(people[may], shown)));
    expect(clicks.filter((click) => click.status === "fulfilled" && click.value.ok)).toHaveLength(1);
    for (const click of clicks)
      if (click.status === "rejected") expect(click.reason).toMatchObject({ kind: "conflict" });
    expect((await load()).version).toBe(2);
    expect(await db.$count(supervisionItems)).toBe(items + (name === "itemiseMatter" ? 1 : 0));
  });

  it("is read with everything an answer needs; another unit gets 404", async () => {
    const found = await readMatter(db, people.leader, id, TODAY);
    expect(found).toMatchObject({
      project: { id: project.id },
      firstPeriod: "2026-06",
      lastPeriod: "2026-06",
      remainingWorkdays: 9,
    });
    await expect(readMatter(db, people.stranger, id, TODAY)).rejects.toMatchObject({ kind: "notFound" });
  });

  it("waits on the desks of bureau and leader until advised and answered", async () => {
    const [toAdvise, toAnswer] = [
      async () =>
        (await mattersToAdvise(db, scopeFor(people.bureau, "coordination:advise"))).filter(({ href }) =>
          href.endsWith(id),
        ),
      async () =>
        (await mattersToAnswer(db, scopeFor(people.leader, "coordination:answer"))).filter(({ href }) =>
          href.endsWith(id),
        ),
    ];
    expect([(await toAdvise()).length, (await toAnswer()).length]).toEqual([1, 1]);
    await adviseMatter(city.ctx(people.bureau), { ...(await ref()), advice: "建议由数据局牵头" });
    expect([(await toAdvise()).length, (await toAnswer()).length]).toEqual([0, 1]);
    await answerMatter(city.ctx(people.leader), { ...(await ref()), answer: "由数据局协调" });
    expect([(await toAdvise()).length, (await toAnswer()).length]).toEqual([0, 0]);
  });
});

describe("the list", () => {
  it("counts what it shows, under every filter, and shows a unit its own only", async () => {
    const fresh = await makeCity(db);
    const owner = { db, regionId: fresh.regionId, unitId: fresh.unitId };
    const facts = [
      { state: "raised", answerDueOn: localDate("2026-07-17"), text: "请协调接口" },
      { state: "raised", answerDueOn: localDate("2026-07-20"), text: "请协调机房" },
      { state: "answered", text: "请协调经费" },
      { state: "settled", text: "请协调场地" },
    ] as const;
    for (const more of facts) {
      const { id } = await makeProjectUnderWay(fresh, { startedOn: "2026-05-01" });
      await makeMatter(owner, id, more);
    }
    const bureau = scopeFor(await fresh.as("bureauReviewer"), "coordination:read");
    const list = (query: string, scope = bureau) =>
      listMatters(db, scope, readCoordinationQuery(new URLSearchParams(query)), TODAY);
    const figures = await coordinationFigures(db, bureau, undefined, TODAY);
    expect(figures).toEqual({ raised: 2, overdue: 1, answered: 1, itemised: 0 });
    expect((await list("")).rows.map(({ text }) => text)).toEqual([
      "请协调接口",
      "请协调机房",
      "请协调经费",
      "请协调场地",
    ]);
    expect((await list("")).rows.map(({ remainingWorkdays }) => remainingWorkdays)).toEqual([-1, 0, null, null]);
    const totals = await Promise.all(
      ["state=raised", "state=overdue", "state=open", "q=机房", `unit=${fresh.otherUnitId}`, "state=nonsense"].map(
        async (query) => (await list(query)).total,
      ),
    );
    expect(totals).toEqual([2, 1, 3, 1, 0, 4]);
    const other = scopeFor(await fresh.as("filer", fresh.otherUnitId), "coordination:read");
    expect((await list("", other)).rows).toEqual([]);
    const sheet = await mattersToExport(db, bureau, readCoordinationQuery(new URLSearchParams("state=open")), TODAY);
    expect(sheet).toHaveLength(3);
  });
});
