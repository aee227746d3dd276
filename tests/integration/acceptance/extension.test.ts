import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import { acceptanceExtensions, auditEntries, messages, projects } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import {
  FINAL_PAPERS,
  makeAcceptancePeople,
  makeBuilt,
  makeReported,
  makeTriedOut,
  paperFile,
  type AcceptancePeople,
} from "@tests/support/factories/acceptance";
import { accepted } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import { localDate, startOfDay } from "~/kernel/local-date";
import { acceptanceClock } from "~/modules/acceptance/clock.queries.server";
import { decideOnExtension } from "~/modules/acceptance/decide-extension.server";
import { remindOfAcceptance } from "~/modules/acceptance/remind.server";
import { requestExtension } from "~/modules/acceptance/request-extension.server";
import { signExtension } from "~/modules/acceptance/sign-extension.server";
import { withdrawAcceptance } from "~/modules/acceptance/withdraw-acceptance.server";
import { withdrawExtension } from "~/modules/acceptance/withdraw-extension.server";
import { listAcceptances, readAcceptanceQuery } from "~/modules/acceptance/list.queries.server";
import { refreshLights } from "~/modules/progress/light/refresh-lights.server";
import { scopeFor } from "~/policy";

const db = testDatabase();
let city: TestCity;
let people: AcceptancePeople;
beforeAll(async () => {
  city = await makeCity(db);
  people = await makeAcceptancePeople(city);
});

const codes = (result: { ok: true } | { ok: false; refusals: readonly { code: string }[] }) =>
  result.ok ? ["ok"] : result.refusals.map(({ code }) => code);
const row = async (id: string) => {
  const [found] = await db.select().from(acceptanceExtensions).where(eq(acceptanceExtensions.id, id));
  return found ?? expect.fail("no such extension");
};
/** Built on 10 March: to be applied for until 10 September. */
const ask = (projectId: string, more: Partial<Parameters<typeof requestExtension>[2]> = {}, today?: string) =>
  requestExtension(city.ctx(people.filer, today), projectId, {
    untilOn: localDate("2026-12-10"),
    reason: "等保测评排期推迟",
    file: paperFile("会议纪要"),
    ...more,
  });
const limitOf = async (projectId: string) => (await acceptanceClock(db, localDate("2026-07-20"), projectId))?.limit;
const makeOpen = async (projectId: string) => {
  const { id: extensionId } = accepted(await ask(projectId));
  accepted(await signExtension(city.ctx(people.lead), { extensionId, version: 1, event: "sign", opinion: "" }));
  return { extensionId, version: 2 };
};

describe("the way of an extension", () => {
  it("is asked for, signed, granted, and moves the limit", async () => {
    const projectId = await makeBuilt(city);
    expect(await limitOf(projectId)).toBe("2026-09-10");
    const ref = await makeOpen(projectId);
    expect(await row(ref.extensionId)).toMatchObject({ state: "open", number: 1, fromOn: "2026-09-10" });
    expect(await limitOf(projectId)).toBe("2026-09-10");
    accepted(await decideOnExtension(city.ctx(people.bureau), { ...ref, event: "grant", opinion: "同意" }));
    expect(await limitOf(projectId)).toBe("2026-12-10");
    const trail = await db.select().from(auditEntries).where(eq(auditEntries.objectId, ref.extensionId));
    expect(trail.map(({ result }) => result)).toEqual(["extensionRequested", "extensionSigned", "extensionGranted"]);
    const next = accepted(await ask(projectId, { untilOn: localDate("2027-06-10") }));
    expect(await row(next.id)).toMatchObject({ number: 2, fromOn: "2026-12-10" });
  });

  it("refused with a reason leaves the limit; taken back likewise", async () => {
    const projectId = await makeBuilt(city);
    const ref = await makeOpen(projectId);
    const refuse = (opinion: string) =>
      decideOnExtension(city.ctx(people.bureau), { ...ref, event: "refuse", opinion });
    expect(codes(await refuse(" "))).toEqual(["reasonGiven"]);
    accepted(await refuse("理由不充分"));
    expect(await row(ref.extensionId)).toMatchObject({ state: "refused", opinion: "理由不充分" });
    const { id: extensionId } = accepted(await ask(projectId));
    accepted(await withdrawExtension(city.ctx(people.filer), { extensionId, version: 1 }));
    expect(codes(await withdrawExtension(city.ctx(people.filer), { extensionId, version: 2 }))).toEqual([
      "notInThisState",
    ]);
    expect(await limitOf(projectId)).toBe("2026-09-10");
  });

  it("the leader may not agree", async () => {
    const { id: extensionId } = accepted(await ask(await makeBuilt(city)));
    const decline = (opinion: string) =>
      signExtension(city.ctx(people.lead), { extensionId, version: 1, event: "decline", opinion });
    expect(codes(await decline(""))).toEqual(["reasonGiven"]);
    accepted(await decline("可以按期完成"));
    expect((await row(extensionId)).state).toBe("refused");
  });
});

describe("what is refused", () => {
  it.each<[string, Parameters<typeof ask>[1], string[]]>([
    ["not later than the limit", { untilOn: localDate("2026-09-10") }, ["untilNotLater"]],
    ["a day beyond six months", { untilOn: localDate("2027-03-11") }, ["untilTooLate"]],
    ["no reason", { reason: " " }, ["reasonMissing"]],
    ["no paper", { file: undefined }, ["basisMissing"]],
  ])("%s", async (_name, more, expected) => {
    expect(codes(await ask(await makeBuilt(city), more))).toEqual(expected);
  });

  it("a project that is not built, or applied already; two at once", async () => {
    expect(codes(await ask(await makeBuilt(city, { completedOn: null })))).toEqual(["clockNotRunning"]);
    const applied = await makeTriedOut(city);
    await makeReported(city, people, applied, FINAL_PAPERS);
    expect(codes(await ask(applied))).toEqual(["alreadyApplied"]);
    const projectId = await makeBuilt(city);
    const both = await Promise.all([ask(projectId), ask(projectId)]);
    expect(both.flatMap(codes).sort()).toEqual(["extensionUndecided", "ok"]);
  });

  it("granting what has been overtaken by the application", async () => {
    const projectId = await makeTriedOut(city);
    const ref = await makeOpen(projectId);
    await makeReported(city, people, projectId, FINAL_PAPERS);
    const grant = await decideOnExtension(city.ctx(people.bureau), { ...ref, event: "grant", opinion: "" });
    expect(codes(grant)).toEqual(["withinLimit"]);
  });

  it("other units, other roles, one's own request, an old page", async () => {
    const projectId = await makeBuilt(city);
    const stranger = city.ctx(await city.as("filer", city.otherUnitId));
    const input = { untilOn: localDate("2026-12-10"), reason: "x", file: paperFile("y") };
    await expect(requestExtension(stranger, projectId, input)).rejects.toMatchObject({ kind: "notFound" });
    await expect(requestExtension(city.ctx(people.bureau), projectId, input)).rejects.toMatchObject({
      kind: "forbidden",
    });
    const { id: extensionId } = accepted(await ask(projectId));
    const sign = { extensionId, version: 1, event: "sign" as const, opinion: "" };
    await expect(signExtension(stranger, sign)).rejects.toMatchObject({ kind: "notFound" });
    await expect(signExtension(city.ctx(people.filer), sign)).rejects.toMatchObject({ kind: "forbidden" });
    await db
      .update(acceptanceExtensions)
      .set({ requestedBy: people.lead.userId })
      .where(eq(acceptanceExtensions.id, extensionId));
    expect(codes(await signExtension(city.ctx(people.lead), sign))).toEqual(["otherPersonThanBefore"]);
    await expect(signExtension(city.ctx(people.lead), { ...sign, version: 9 })).rejects.toMatchObject({
      kind: "conflict",
    });
  });
});

describe("the clock", () => {
  const light = async (projectId: string) => {
    const [found] = await db
      .select({ light: projects.light, reasons: projects.lightReasons })
      .from(projects)
      .where(eq(projects.id, projectId));
    return [found?.light, ...(found?.reasons ?? []).map(({ code }) => code)];
  };
  const judged = async (projectId: string, today: string) => {
    await refreshLights(db, localDate(today), { projectId });
    return light(projectId);
  };

  it("turns red the day after the limit; applying takes the reason away", async () => {
    const projectId = await makeTriedOut(city);
    expect(await judged(projectId, "2026-09-10")).toEqual(["green"]);
    expect(await judged(projectId, "2026-09-11")).toEqual(["red", "acceptanceOverdue"]);
    const ref = await makeReported(city, people, projectId, FINAL_PAPERS, "2026-09-14");
    expect(await judged(projectId, "2026-09-14")).toEqual(["yellow", "madeUpAfterRed"]);
    // An application that is taken back was none.
    accepted(await withdrawAcceptance(city.ctx(people.filer, "2026-09-14"), ref));
    expect(await judged(projectId, "2026-09-14")).toEqual(["red", "acceptanceOverdue"]);
  });

  it("reminds once before the limit and once after it, and nobody who applied", async () => {
    const own = await makeCity(db);
    const [filer] = [await own.as("filer")];
    const projectId = await makeBuilt(own);
    const run = (today: string) =>
      remindOfAcceptance(
        db,
        { now: startOfDay(localDate(today)), today: localDate(today) },
        { regionId: own.regionId },
      );
    const titles = async () =>
      (await db.select({ title: messages.title }).from(messages).where(eq(messages.userId, filer.userId))).map(
        ({ title }) => title,
      );
    await run("2026-08-10");
    expect(await titles()).toEqual([]);
    await run("2026-08-11");
    await run("2026-08-12");
    expect(await titles()).toEqual(["请在2026年9月10日前申请终验：智慧管网系统"]);
    await run("2026-09-11");
    await run("2026-09-12");
    expect(await titles()).toHaveLength(2);
    await db
      .update(projects)
      .set({ stage: "accepted", acceptedOn: localDate("2026-09-15") })
      .where(eq(projects.id, projectId));
    for (const day of ["2027-09-14", "2027-09-15", "2028-06-15", "2028-09-15", "2028-10-01"]) await run(day);
    expect((await titles()).slice(2).sort()).toEqual([
      "可以开展项目自评价：智慧管网系统",
      "项目自评价即将到期：智慧管网系统",
      "项目自评价已超过期限：智慧管网系统",
    ]);
  });
});

describe("the lists", () => {
  it("show what is to be accepted with the days left, within a scope", async () => {
    const own = await makeCity(db);
    const hands = await makeAcceptancePeople(own);
    const overdue = await makeBuilt(own, { name: "逾期项目", completedOn: localDate("2026-01-10") });
    const soon = await makeTriedOut(own, { name: "即将到期项目", completedOn: localDate("2026-02-10") });
    await makeTriedOut(own, { name: "外单位项目", unitId: own.otherUnitId });
    await makeReported(own, hands, soon, FINAL_PAPERS);
    await makeBuilt(own, { name: "已终验项目", stage: "accepted", acceptedOn: localDate("2024-09-01") });
    const list = async (search: string, actor = hands.bureau) =>
      listAcceptances(
        db,
        scopeFor(actor, "project:read"),
        readAcceptanceQuery(new URLSearchParams(search)),
        localDate("2026-07-20"),
      );
    const names = ({ rows }: Awaited<ReturnType<typeof list>>) => rows.map(({ projectName }) => projectName);
    expect(names(await list(""))).toEqual(["逾期项目", "外单位项目", "即将到期项目"]);
    expect(names(await list("", hands.filer))).toEqual(["逾期项目", "即将到期项目"]);
    expect(names(await list("state=overdue"))).toEqual(["逾期项目"]);
    expect(names(await list("state=applied"))).toEqual(["即将到期项目"]);
    expect(names(await list(`unit=${own.otherUnitId}`))).toEqual(["外单位项目"]);
    expect(await list("tab=applications")).toMatchObject({ total: 1, rows: [{ projectName: "即将到期项目" }] });
    expect(await list("tab=evaluation")).toMatchObject({ rows: [{ projectName: "已终验项目", light: "yellow" }] });
    expect((await list("tab=evaluation&state=missed")).total).toBe(0);
    expect((await list("tab=extensions")).total).toBe(0);
    const { id } = accepted(
      await requestExtension(own.ctx(hands.filer), overdue, {
        untilOn: localDate("2026-12-01"),
        reason: "测评排期",
        file: paperFile("纪要"),
      }),
    );
    expect(await list("tab=extensions")).toMatchObject({ rows: [{ id, projectName: "逾期项目" }] });
  });
});
