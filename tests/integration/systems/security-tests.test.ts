import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import { auditEntries, domainEvents, messages, outbox, securityTests, systems } from "@db/schema";
import { makeCity, makeUnit, type TestCity } from "@tests/support/factories";
import { makeTest } from "@tests/support/factories/assessment";
import { BASIS } from "@tests/support/factories/changes";
import { accepted } from "@tests/support/factories/projects";
import { makeSystem } from "@tests/support/factories/systems";
import { measuredTotal } from "@tests/support/measured-total";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { addDays, localDate } from "~/kernel/local-date";
import { lastDay, period } from "~/kernel/period";
import { gateListeners, readGate } from "~/modules/compliance/index.server";
import { readMyWork } from "~/modules/desk/read-my-work.server";
import { securityTestsIntake } from "~/modules/systems/index.server";
import { confirmSecurityTest } from "~/modules/systems/security/confirm-security-test.server";
import { correctSecurityTest } from "~/modules/systems/security/correct-security-test.server";
import { exportRegister } from "~/modules/systems/security/export-register.server";
import { recordSecurityTest } from "~/modules/systems/security/record-security-test.server";
import {
  isInRegisterState,
  readRegisterQuery,
  registerFigures,
  securityRegister,
} from "~/modules/systems/security/register.queries.server";
import { remindOfTests } from "~/modules/systems/security/remind.server";
import { returnSecurityTest } from "~/modules/systems/security/return-security-test.server";
import type { TestInput } from "~/modules/systems/security/security-test.schema";
import { readNewTest, readSecurityTest, readTestReport } from "~/modules/systems/security/tests.queries.server";
import { voidSecurityTest } from "~/modules/systems/security/void-security-test.server";
import { withdrawSecurityTest } from "~/modules/systems/security/withdraw-security-test.server";
import { newId } from "~/platform/ids.server";
import { inTransaction } from "~/platform/transaction.server";
import { scopeFor } from "~/policy";

const db = testDatabase();
const TODAY = localDate("2026-07-20");
let city: TestCity;
let bureau: Actor;
beforeAll(async () => {
  city = await makeCity(db);
  bureau = await city.as("bureauReviewer");
});

const codes = (result: { ok: true } | { ok: false; refusals: readonly { code: string }[] }) =>
  result.ok ? ["ok"] : result.refusals.map(({ code }) => code);
const rowOf = async (id: string) => (await db.select().from(securityTests).where(eq(securityTests.id, id)))[0];
const input = (more: Partial<TestInput> = {}): TestInput => ({
  kind: "mlps",
  level: 3,
  filingNumber: "44078300001",
  passed: "passed",
  testedOn: localDate("2026-07-01"),
  agency: "岭南信息安全测评有限公司",
  reportNumber: `CP-${newId()}`,
  ...more,
});

/** A unit of its own with a system of level 3, and its filer. */
async function fresh(more: Partial<typeof systems.$inferInsert> = {}) {
  const unitId = await makeUnit(db, city.regionId, `单位${newId()}`);
  const owner = { db, regionId: city.regionId, unitId };
  const systemId = await makeSystem(owner, "智慧管网系统", 0, "2026-05-01", { mlpsLevel: 3, ...more });
  return { unitId, systemId, owner, filer: await city.as("filer", unitId) };
}
async function entered(more: Partial<TestInput> = {}) {
  const made = await fresh();
  const { id } = accepted(await recordSecurityTest(city.ctx(made.filer), made.systemId, input(more), BASIS));
  return { ...made, id };
}
async function confirmed(more: Partial<TestInput> = {}) {
  const made = await entered(more);
  accepted(await confirmSecurityTest(city.ctx(bureau), { id: made.id, version: 1, opinion: "" }));
  return made;
}

describe("entering a test", () => {
  it("writes it with its audit, event, outbox and report, and asks the bureau", async () => {
    const { id, filer } = await entered();
    expect(await rowOf(id)).toMatchObject({
      state: "entered",
      enteredBy: filer.userId,
      validUntil: "2027-07-01",
      level: 3,
      version: 1,
    });
    const rows = await Promise.all([
      db.$count(auditEntries, eq(auditEntries.objectId, id)),
      db.$count(domainEvents, eq(domainEvents.subjectId, id)),
      db.$count(outbox, eq(outbox.subjectId, id)),
      db.$count(messages, and(eq(messages.userId, bureau.userId), eq(messages.href, `/security/tests/${id}`))),
    ]);
    expect(rows).toEqual([1, 1, 1, 1]);
    expect((await readTestReport(db, filer, id)).file.name).toBe(BASIS.name);
  });

  it("is refused without a report, with what the rules find, and for a report that is entered already", async () => {
    const { filer, systemId } = await fresh();
    const enter = (more: Partial<TestInput>, report: typeof BASIS | undefined = BASIS) =>
      recordSecurityTest(city.ctx(filer), systemId, input(more), report);
    expect(codes(await recordSecurityTest(city.ctx(filer), systemId, input()))).toEqual(["reportMissing"]);
    expect(codes(await enter({ testedOn: localDate("2026-07-21") }))).toEqual(["testedInFuture"]);
    expect(codes(await enter({ validUntil: localDate("2027-07-02") }))).toEqual(["validTooLong"]);
    const { id } = accepted(await enter({ reportNumber: "CP-1" }));
    expect(codes(await enter({ reportNumber: "CP-1" }))).toEqual(["alreadyEntered"]);
    expect(codes(await enter({ reportNumber: "CP-1", kind: "crypto" }))).toEqual(["ok"]);
    accepted(await withdrawSecurityTest(city.ctx(filer), { id, version: 1, opinion: "登记错误" }));
    expect(codes(await enter({ reportNumber: "CP-1" }))).toEqual(["ok"]);
  });

  it("of two submits of one form at once has one effect", async () => {
    const { filer, systemId } = await fresh();
    const same = input();
    const results = await Promise.all([1, 2, 3].map(() => recordSecurityTest(city.ctx(filer), systemId, same, BASIS)));
    expect(results.flatMap(codes).sort()).toEqual(["alreadyEntered", "alreadyEntered", "ok"]);
    expect(await db.$count(securityTests, eq(securityTests.systemId, systemId))).toBe(1);
  });

  it("another unit's filer gets 404, the bureau and an operator may not", async () => {
    const { systemId } = await fresh({ operatorUnitId: city.operatorUnitId });
    const enter = async (actor: Actor) => recordSecurityTest(city.ctx(actor), systemId, input(), BASIS);
    await expect(enter(await city.as("filer", city.otherUnitId))).rejects.toMatchObject({ kind: "notFound" });
    await expect(enter(bureau)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(enter(await city.as("operator"))).rejects.toMatchObject({ kind: "forbidden" });
    await expect(readNewTest(db, await city.as("filer"), systemId, TODAY)).rejects.toMatchObject({ kind: "notFound" });
  });

  it("is not for vertical and secret systems", async () => {
    for (const more of [{ ownership: "provincial" as const }, { secret: true }]) {
      const { filer, systemId } = await fresh(more);
      const result = await recordSecurityTest(city.ctx(filer), systemId, input(), BASIS);
      expect(codes(result)).toEqual(["systemNotTested"]);
      expect((await readNewTest(db, filer, undefined, TODAY)).options).toEqual([]);
    }
  });
});

describe("the steps of a test", () => {
  it("confirmed once by another person, who is then named", async () => {
    const { id, filer } = await entered();
    const confirm = (version: number) => confirmSecurityTest(city.ctx(bureau), { id, version, opinion: "" });
    await expect(confirmSecurityTest(city.ctx(filer), { id, version: 1, opinion: "" })).rejects.toMatchObject({
      kind: "forbidden",
    });
    const both = await Promise.allSettled([confirm(1), confirm(1)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await rowOf(id)).toMatchObject({ state: "confirmed", confirmedBy: bureau.userId, version: 2 });
    await expect(confirm(1)).rejects.toMatchObject({ kind: "conflict" });
    expect(codes(await confirm(2))).toEqual(["notInThisState"]);
    expect(
      await db.$count(
        domainEvents,
        and(eq(domainEvents.subjectId, id), eq(domainEvents.type, "securityTestConfirmed")),
      ),
    ).toBe(1);
    expect(
      await db.$count(messages, and(eq(messages.userId, filer.userId), eq(messages.href, `/security/tests/${id}`))),
    ).toBe(1);
    expect(await readSecurityTest(db, bureau, id)).toMatchObject({
      confirmerName: bureau.name,
      entererName: filer.name,
    });
  });

  it("not by who entered it, though he has taken over the reviewer's role", async () => {
    const { id, filer } = await entered();
    const both: Actor = { ...bureau, userId: filer.userId };
    expect(codes(await confirmSecurityTest(city.ctx(both), { id, version: 1, opinion: "" }))).toEqual(["otherPerson"]);
    expect(codes(await returnSecurityTest(city.ctx(both), { id, version: 1, opinion: "不符" }))).toEqual([
      "otherPerson",
    ]);
  });

  it("returned with a reason, mended and confirmed; the report stays unless there is a new one", async () => {
    const { id, filer } = await entered();
    const back = (opinion: string) => returnSecurityTest(city.ctx(bureau), { id, version: 1, opinion });
    expect(codes(await back(" "))).toEqual(["reasonGiven"]);
    accepted(await back("报告编号与报告不一致"));
    expect(await rowOf(id)).toMatchObject({ state: "returned", stateReason: "报告编号与报告不一致" });
    const mend = (version: number) =>
      correctSecurityTest(city.ctx(filer), { id, version }, input({ reportNumber: "CP-9" }));
    await expect(mend(1)).rejects.toMatchObject({ kind: "conflict" });
    accepted(await mend(2));
    expect(await rowOf(id)).toMatchObject({ state: "entered", reportNumber: "CP-9", stateReason: null, version: 3 });
    accepted(await confirmSecurityTest(city.ctx(bureau), { id, version: 3, opinion: "" }));
    expect(codes(await mend(4))).toEqual(["notInThisState"]);
  });

  it("made void by the bureau with a reason", async () => {
    const { id, filer } = await confirmed();
    const annul = (opinion: string, actor = bureau) => voidSecurityTest(city.ctx(actor), { id, version: 2, opinion });
    await expect(annul("报告不实", filer)).rejects.toMatchObject({ kind: "forbidden" });
    expect(codes(await annul(""))).toEqual(["reasonGiven"]);
    accepted(await annul("报告不实"));
    expect((await rowOf(id))?.state).toBe("void");
    await expect(annul("报告不实")).rejects.toMatchObject({ kind: "conflict" });
  });

  it("for another unit's people there is no such test", async () => {
    const { id } = await entered();
    const stranger = await city.as("filer", city.otherUnitId);
    const ref = { id, version: 1, opinion: "误登" };
    await expect(withdrawSecurityTest(city.ctx(stranger), ref)).rejects.toMatchObject({ kind: "notFound" });
    await expect(correctSecurityTest(city.ctx(stranger), ref, input(), BASIS)).rejects.toMatchObject({
      kind: "notFound",
    });
    await expect(readSecurityTest(db, stranger, id)).rejects.toMatchObject({ kind: "notFound" });
    await expect(readTestReport(db, stranger, id)).rejects.toMatchObject({ kind: "notFound" });
    await expect(confirmSecurityTest(city.ctx(bureau), { ...ref, id: newId() })).rejects.toMatchObject({
      kind: "notFound",
    });
  });
});

describe("the gate", () => {
  const causes = async (unitId: string) => (await readGate(db, unitId, TODAY)).reasons.map(({ code }) => code).sort();
  const settle = async (topic: string, id: string, unitId: string) => {
    for (const listen of gateListeners[topic] ?? [])
      await listen({ topic, subjectId: id, regionId: city.regionId, payload: { unitId } }, db);
  };
  const told = async (unitId: string) =>
    (
      await db
        .select({ type: domainEvents.type })
        .from(domainEvents)
        .where(and(eq(domainEvents.subjectType, "gate"), eq(domainEvents.subjectId, unitId)))
        .orderBy(domainEvents.id)
    ).map(({ type }) => type);

  it("is opened by a confirmed test, not by one that was only entered, and closed again when it is made void", async () => {
    const { id, unitId, owner, systemId } = await entered();
    await makeTest(owner, systemId, "crypto", "2026-05-01", "2027-05-01");
    expect(await causes(unitId)).toEqual(["mlpsInvalid"]);
    accepted(await confirmSecurityTest(city.ctx(bureau), { id, version: 1, opinion: "" }));
    expect(await causes(unitId)).toEqual([]);
    await settle("securityTestConfirmed", id, unitId);
    accepted(await voidSecurityTest(city.ctx(bureau), { id, version: 2, opinion: "报告不实" }));
    expect(await causes(unitId)).toEqual(["mlpsInvalid"]);
    await settle("securityTestVoided", id, unitId);
    expect(await told(unitId)).toEqual(["gateClosed"]);
  });

  it("is closed at once by a confirmed failed test, although an earlier one would still be valid", async () => {
    const { unitId, owner, systemId, id } = await entered({ passed: "failed" });
    await makeTest(owner, systemId, "mlps", "2026-05-01", "2027-05-01");
    await makeTest(owner, systemId, "crypto", "2026-05-01", "2027-05-01");
    expect(await causes(unitId)).toEqual([]);
    accepted(await confirmSecurityTest(city.ctx(bureau), { id, version: 1, opinion: "" }));
    expect(await causes(unitId)).toEqual(["mlpsInvalid"]);
    await settle("securityTestConfirmed", id, unitId);
    expect(await told(unitId)).toEqual(["gateClosed"]);
  });
});

describe("the register", () => {
  /** A city whose systems stand in every way, on both kinds. */
  async function varied() {
    const at = await makeCity(db);
    const owner = { db, regionId: at.regionId, unitId: at.unitId };
    const system = (name: string, more: Partial<typeof systems.$inferInsert> = {}) =>
      makeSystem(owner, name, 0, "2026-05-01", { mlpsLevel: 3, ...more });
    const test = (id: string, ...rest: [testedOn: string, validUntil: string, passed?: "passed" | "failed"]) =>
      Promise.all([makeTest(owner, id, "mlps", ...rest), makeTest(owner, id, "crypto", ...rest)]);
    await test(await system("有效系统"), "2026-05-01", "2027-05-01");
    await test(await system("到期当日系统"), "2025-07-20", "2026-07-20");
    await test(await system("过期系统"), "2025-07-19", "2026-07-19");
    const failed = await system("未通过系统");
    await test(failed, "2026-05-01", "2027-05-01");
    await test(failed, "2026-06-01", "2026-06-01", "failed");
    await system("未测评系统");
    await makeTest(owner, await system("二级系统", { mlpsLevel: 2 }), "mlps", "2026-01-01", "2028-01-01");
    await system("一级系统", { mlpsLevel: 1 });
    await system("未定级系统", { mlpsLevel: null });
    await system("省垂系统", { ownership: "provincial" });
    await system("涉密系统", { secret: true });
    await system("已下线系统", { retiredOn: TODAY });
    await system("停用系统", { state: "suspended" });
    await system("以后登记系统", { registeredOn: addDays(TODAY, 1) });
    const [pending] = await db
      .insert(securityTests)
      .values({
        id: newId(),
        regionId: at.regionId,
        systemId: await system("待确认系统"),
        kind: "mlps",
        passed: "passed",
        testedOn: localDate("2026-07-01"),
        validUntil: localDate("2027-07-01"),
        state: "entered",
        enteredBy: (await at.as("filer")).userId,
      })
      .returning();
    return { at, pending };
  }

  it("shows the systems that must be tested, each with how it stands; filters and figures agree", async () => {
    const { at } = await varied();
    const scope = scopeFor(await at.as("bureauReviewer"), "system:read");
    const rows = await securityRegister(db, scope, TODAY);
    expect(rows.map(({ name, state }) => `${name} ${state}`).sort()).toEqual(
      [
        "有效系统 valid",
        "到期当日系统 dueSoon",
        "过期系统 expired",
        "未通过系统 failed",
        "未测评系统 missing",
        "二级系统 valid",
        "停用系统 missing",
        "待确认系统 missing",
      ].sort(),
    );
    expect(registerFigures(rows, undefined)).toEqual({
      systems: 8,
      mlps: { numerator: 3, denominator: 8 },
      crypto: { numerator: 2, denominator: 7 },
      dueSoon: 1,
      bad: 5,
      waiting: 1,
    });
    const asked = async (search: string) => {
      const question = readRegisterQuery(new URLSearchParams(search));
      const found = await securityRegister(db, scope, TODAY, question);
      return found.filter((row) => isInRegisterState(row, question)).map(({ name }) => name);
    };
    expect(await asked("state=failed")).toEqual(["未通过系统"]);
    expect(await asked("state=waiting&kind=mlps")).toEqual(["待确认系统"]);
    expect(await asked("state=waiting&kind=crypto")).toEqual([]);
    expect(await asked("level=2")).toEqual(["二级系统"]);
    expect(await asked("level=2&kind=crypto")).toEqual([]);
    expect(await asked("q=当日")).toEqual(["到期当日系统"]);
    expect(await asked(`unit=${at.otherUnitId}`)).toEqual([]);
    expect(await asked("state=unknown&page=0&level=9")).toHaveLength(8);
  });

  it.each(["2026-06", "2026-07"])("has the rates that the assessment freezes for %s", async (text) => {
    const { at, pending } = await varied();
    await db
      .update(securityTests)
      .set({ state: "void" })
      .where(eq(securityTests.id, pending?.id ?? ""));
    const month = period(text);
    const asOf = lastDay(month);
    const measured = (code: string) => measuredTotal(db, code, at.regionId, month);
    const scope = scopeFor(await at.as("bureauReviewer"), "system:read");
    const { mlps, crypto } = registerFigures(await securityRegister(db, scope, asOf), undefined);
    expect(mlps.numerator).toBeGreaterThan(0);
    expect([await measured("validMlps"), await measured("validCrypto")]).toEqual([mlps, crypto]);
  });

  it("is a unit's own for the unit, and goes out as a sheet", async () => {
    const { filer } = await confirmed();
    const rows = await securityRegister(db, scopeFor(filer, "system:read"), TODAY);
    expect(rows.map(({ mlps, crypto }) => [mlps?.state, crypto?.state])).toEqual([["valid", "missing"]]);
    const file = await exportRegister(city.ctx(filer), readRegisterQuery(new URLSearchParams()));
    expect(file.name).toBe("安全测评 2026-07-20.xlsx");
    expect(file.bytes.byteLength).toBeGreaterThan(1000);
  });
});

describe("reminders", () => {
  const run = (day: string) =>
    remindOfTests(db, { now: new Date(`${day}T00:00:00Z`), today: localDate(day) }, { regionId: city.regionId });
  const inboxOf = async (actor: Actor) =>
    (
      await db
        .select({ title: messages.title })
        .from(messages)
        .where(eq(messages.userId, actor.userId))
        .orderBy(messages.createdAt, messages.title)
    ).map(({ title }) => title);

  it("come once for each day and stage, to filer and leader, also after days without a run", async () => {
    const { owner, systemId, filer, unitId } = await fresh({ mlpsLevel: 2 });
    const lead = await city.as("unitLead", unitId);
    await makeTest(owner, systemId, "mlps", "2024-09-18", "2026-09-18");
    await run("2026-07-19");
    expect(await inboxOf(filer)).toEqual([]);
    for (const day of ["2026-07-20", "2026-07-20", "2026-07-21"]) await run(day);
    const soon = "等保测评将于2026年9月18日到期，请安排复测：智慧管网系统";
    expect(await inboxOf(filer)).toEqual([soon]);
    // nothing ran between: the second reminder comes late, but it comes
    await run("2026-08-25");
    await run("2026-09-18");
    expect(await inboxOf(filer)).toEqual([soon, soon]);
    await run("2026-10-09");
    await run("2026-10-10");
    const over = "等保测评已于2026年9月18日到期，请尽快复测并登记：智慧管网系统";
    expect(await inboxOf(filer)).toEqual([soon, soon, over]);
    expect(await inboxOf(lead)).toEqual([soon, soon, over]);
    // a new due day begins anew
    await makeTest(owner, systemId, "mlps", "2026-10-10", "2026-11-01");
    await run("2026-10-11");
    expect(await inboxOf(filer)).toHaveLength(4);
  });

  it("are silent while a new test waits to be confirmed, and for a failed or missing one", async () => {
    const { owner, systemId, filer } = await fresh();
    await makeTest(owner, systemId, "mlps", "2025-07-10", "2026-07-10");
    await makeTest(owner, systemId, "crypto", "2026-07-10", "2026-07-10", "failed");
    const { id } = accepted(await recordSecurityTest(city.ctx(filer), systemId, input(), BASIS));
    await run("2026-07-20");
    expect(await inboxOf(filer)).toEqual([]);
    accepted(await returnSecurityTest(city.ctx(bureau), { id, version: 1, opinion: "报告不清" }));
    await run("2026-07-20");
    expect((await inboxOf(filer)).filter((title) => title.includes("请尽快复测"))).toHaveLength(1);
  });
});

describe("the desk", () => {
  const workOf = async (actor: Actor) =>
    (await readMyWork(city.ctx(actor))).filter(({ kind }) => kind === "测评").map(({ what, dueOn }) => [what, dueOn]);

  it("holds what each has to do", async () => {
    const { id, filer, unitId, owner, systemId } = await entered();
    const lead = await city.as("unitLead", unitId);
    await makeTest(owner, systemId, "crypto", "2025-07-10", "2026-07-10");
    expect(await workOf(filer)).toEqual([["安排复测并登记", "2026-07-10"]]);
    expect(await workOf(lead)).toEqual([["安排复测并登记", "2026-07-10"]]);
    const before = (await workOf(bureau)).length;
    expect(await workOf(bureau)).toContainEqual(["核对确认安全测评", null]);
    accepted(await returnSecurityTest(city.ctx(bureau), { id, version: 1, opinion: "报告不清" }));
    expect(await workOf(bureau)).toHaveLength(before - 1);
    expect(await workOf(filer)).toContainEqual(["更正被退回的安全测评", null]);
  });
});

describe("the sheet of tests", () => {
  const cells = (code: string, more: Record<string, string> = {}) => ({
    code,
    kind: "等保测评",
    level: "3",
    filingNumber: "44078300001",
    passed: "通过",
    testedOn: "2026-07-01",
    validUntil: "",
    agency: "岭南信息安全测评有限公司",
    reportNumber: "CP-1",
    ...more,
  });
  const judge = async (actor: Actor, rows: Record<string, string>[]) => {
    const ctx = city.ctx(actor);
    const numbered = rows.map((values, index) => ({ rowNumber: index + 2, values }));
    return db.transaction((tx) => securityTestsIntake.judge(tx, ctx, numbered));
  };

  it("says of each row what it would do, in the actor's own unit only", async () => {
    const { filer, systemId } = await fresh();
    const foreign = await fresh();
    const codeOf = async (id: string) =>
      (await db.select({ code: systems.code }).from(systems).where(eq(systems.id, id)))[0]?.code ?? "";
    const [own, other] = [await codeOf(systemId), await codeOf(foreign.systemId)];
    const judged = await judge(filer, [
      cells(own),
      cells(own),
      cells(own, { kind: "密码应用安全性评估", level: "", filingNumber: "" }),
      cells(other),
      cells(own, { reportNumber: "CP-2", testedOn: "2026-13-01" }),
      cells(own, { reportNumber: "CP-3", level: "2" }),
      cells(own, { reportNumber: "CP-4", validUntil: "2028-01-01" }),
    ]);
    expect(judged.map(({ outcome, problems }) => [outcome, ...problems.map(({ column }) => column)])).toEqual([
      ["add"],
      ["problem", "reportNumber"],
      ["add"],
      ["problem", "code"],
      ["problem", "testedOn"],
      ["problem", "level"],
      ["problem", "validUntil"],
    ]);
  });

  it("enters rows without a report, which the bureau confirms saying where it looked; the same again changes nothing", async () => {
    const { filer, systemId } = await fresh();
    const [system] = await db.select().from(systems).where(eq(systems.id, systemId));
    const judged = await judge(filer, [cells(system?.code ?? "")]);
    const ctx = city.ctx(filer);
    accepted(
      await inTransaction<null, never>(ctx, async (tx) => {
        await securityTestsIntake.apply(tx, ctx, judged);
        return { ok: true, value: null };
      }),
    );
    const [test] = await db.select().from(securityTests).where(eq(securityTests.systemId, systemId));
    expect(test).toMatchObject({ state: "entered", fileId: null, validUntil: "2027-07-01", enteredBy: filer.userId });
    const id = test?.id ?? "";
    expect(await db.$count(domainEvents, eq(domainEvents.subjectId, id))).toBe(1);
    expect((await judge(filer, [cells(system?.code ?? "")])).map(({ outcome }) => outcome)).toEqual(["same"]);
    const confirm = (opinion: string) => confirmSecurityTest(city.ctx(bureau), { id, version: 1, opinion });
    expect(codes(await confirm(" "))).toEqual(["reportSeen"]);
    accepted(await confirm("已在测评机构查询报告编号"));
  });

  it("needs the report once the unit corrects such a row by hand", async () => {
    const { filer, systemId } = await fresh();
    const id = newId();
    await db.insert(securityTests).values({
      id,
      regionId: city.regionId,
      systemId,
      kind: "mlps",
      level: 3,
      filingNumber: "44078300001",
      passed: "passed",
      testedOn: localDate("2026-07-01"),
      validUntil: localDate("2027-07-01"),
      state: "entered",
      enteredBy: filer.userId,
    });
    const correct = (report?: typeof BASIS) =>
      correctSecurityTest(city.ctx(filer), { id, version: 1 }, input(), report);
    expect(codes(await correct())).toEqual(["reportMissing"]);
    accepted(await correct(BASIS));
  });
});
