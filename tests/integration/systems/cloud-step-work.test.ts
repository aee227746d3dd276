import { and, eq, isNull } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import { cloudBlocks, cloudResources, cloudSteps, domainEvents, messages, outbox, systems } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { BASIS } from "@tests/support/factories/changes";
import { accepted } from "@tests/support/factories/projects";
import { makeSystem } from "@tests/support/factories/systems";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { localDate } from "~/kernel/local-date";
import type { CloudStep } from "~/kernel/vocabulary";
import { clearBlock } from "~/modules/systems/cloud/steps/clear-block.server";
import { recordCloudResources } from "~/modules/systems/cloud/steps/record-cloud-resources.server";
import { recordCloudStep } from "~/modules/systems/cloud/steps/record-cloud-step.server";
import { reportBlock } from "~/modules/systems/cloud/steps/report-block.server";
import { rollBackCloudStep } from "~/modules/systems/cloud/steps/roll-back-cloud-step.server";
import { readCloudEvidence, readCloudWork } from "~/modules/systems/cloud/steps/steps.queries.server";
import { isMigrated, stepsStandingOn } from "~/modules/systems/cloud/steps/steps.rules";
import { acceptFile } from "~/platform/files.server";
import { cloudRates } from "~/modules/systems/index.server";
import { scopeFor } from "~/policy";

const db = testDatabase();
const TODAY = localDate("2026-07-20");
let city: TestCity;
let filer: Actor;
let operator: Actor;
let bureau: Actor;
let stranger: Actor;
beforeAll(async () => {
  city = await makeCity(db);
  filer = await city.as("filer");
  operator = await city.as("operator");
  bureau = await city.as("bureauReviewer");
  stranger = await city.as("filer", city.otherUnitId);
});

const made = (steps: number, more: Partial<typeof systems.$inferInsert> = {}) =>
  makeSystem({ db, regionId: city.regionId, unitId: city.unitId }, "地下管网普查系统", steps, "2026-05-01", more);
const codes = (result: { ok: true } | { ok: false; refusals: readonly { code: string }[] }) =>
  result.ok ? ["ok"] : result.refusals.map(({ code }) => code);
const versionOf = async (id: string) =>
  (await db.select({ version: systems.version }).from(systems).where(eq(systems.id, id)))[0]?.version ?? 0;
const stepOf = async (id: string, step: CloudStep, more: Partial<Parameters<typeof recordCloudStep>[2]> = {}) => ({
  step,
  completedOn: TODAY,
  evidence: "检测报告 2026-07 号",
  ...(step === "安全检测" && { testResult: "passed" as const }),
  version: await versionOf(id),
  ...more,
});
const rollback = async (id: string, step: CloudStep) => ({
  step,
  rollbackReason: "抽查发现检测报告不完整",
  version: await versionOf(id),
});
const blocked = async (id: string, more = {}) => ({
  blockReason: "fundsMissing" as const,
  detail: "追加资金尚未批复",
  sinceOn: localDate("2026-07-01"),
  version: await versionOf(id),
  ...more,
});
const openBlocks = (id: string) =>
  db
    .select()
    .from(cloudBlocks)
    .where(and(eq(cloudBlocks.systemId, id), isNull(cloudBlocks.clearedOn)));
const eventsOf = async (id: string) =>
  (await db.select({ type: domainEvents.type }).from(domainEvents).where(eq(domainEvents.subjectId, id))).map(
    ({ type }) => type,
  );

describe("the evidence of a step", () => {
  it("is kept with the step and read by whoever sees the system, by nobody else", async () => {
    const id = await made(6);
    expect(codes(await recordCloudStep(city.ctx(filer), id, await stepOf(id, "服务开通")))).toEqual([
      "evidenceFileMissing",
    ]);
    accepted(await recordCloudStep(city.ctx(filer), id, await stepOf(id, "服务开通"), BASIS));
    const work = await readCloudWork(db, filer, id, TODAY);
    const fileId = work.steps.at(-1)?.fileId ?? expect.fail();
    expect((await readCloudEvidence(db, filer, id, fileId)).file.name).toBe(BASIS.name);
    expect((await readCloudEvidence(db, bureau, id, fileId)).file.name).toBe(BASIS.name);
    for (const other of [stranger, operator])
      await expect(readCloudEvidence(db, other, id, fileId)).rejects.toMatchObject({ kind: "notFound" });
    // A file is not read through a system that it does not belong to.
    const another = await made(0);
    await expect(readCloudEvidence(db, filer, another, fileId)).rejects.toMatchObject({ kind: "notFound" });
  });

  it("is taken by its content, not by its name", async () => {
    const upload = new File(["<script>alert(1)</script>"], "检测报告.pdf", { type: "application/pdf" });
    expect(codes(await acceptFile(upload, { maxMegabytes: 20 }))).toEqual(["fileTypeNotAllowed"]);
  });
});

describe("a security test that was failed", () => {
  it("completes nothing and blocks the step; passing it later ends the block", async () => {
    const id = await made(5);
    accepted(await reportBlock(city.ctx(filer), id, await blocked(id, { blockReason: "vendorDelay" })));
    accepted(await recordCloudStep(city.ctx(filer), id, await stepOf(id, "安全检测", { testResult: "failed" }), BASIS));
    expect(await db.$count(cloudSteps, eq(cloudSteps.systemId, id))).toBe(5);
    expect(await openBlocks(id)).toMatchObject([{ step: "安全检测", reason: "securityTestFailed", sinceOn: TODAY }]);
    const { events } = await readCloudWork(db, filer, id, TODAY);
    const fileId = events.find(({ type }) => type === "cloudTestFailed")?.payload.fileId as string;
    expect((await readCloudEvidence(db, filer, id, fileId)).file.name).toBe(BASIS.name);
    await expect(readCloudEvidence(db, stranger, id, fileId)).rejects.toMatchObject({ kind: "notFound" });

    accepted(await recordCloudStep(city.ctx(filer), id, await stepOf(id, "安全检测"), BASIS));
    expect(await openBlocks(id)).toEqual([]);
    expect(await eventsOf(id)).toEqual(["cloudBlockReported", "cloudTestFailed", "cloudStepCompleted"]);
  });

  it("needs a result and its report", async () => {
    const id = await made(5);
    const ctx = city.ctx(filer);
    expect(
      codes(await recordCloudStep(ctx, id, await stepOf(id, "安全检测", { testResult: undefined }), BASIS)),
    ).toEqual(["testResultMissing"]);
    expect(codes(await recordCloudStep(ctx, id, await stepOf(id, "安全检测", { testResult: "failed" })))).toEqual([
      "evidenceFileMissing",
    ]);
    expect(await openBlocks(id)).toEqual([]);
  });
});

describe("rolling a step back", () => {
  it("ends it and what follows from today, leaves earlier days alone, tells the unit and the operator; it can be redone", async () => {
    const own = await makeCity(db);
    const [unitFiler, lead, company, reviewer] = await Promise.all([
      own.as("filer"),
      own.as("unitLead"),
      own.as("operator"),
      own.as("bureauReviewer"),
    ]);
    const id = await makeSystem(
      { db, regionId: own.regionId, unitId: own.unitId },
      "人才服务管理系统",
      7,
      "2026-05-01",
      { operatorUnitId: own.operatorUnitId },
    );
    const rate = async (day: string) =>
      (await cloudRates(db, scopeFor(reviewer, "system:read"), localDate(day)))[0]?.numerator;
    expect([await rate("2026-07-19"), await rate("2026-07-20")]).toEqual([1, 1]);

    accepted(await rollBackCloudStep(own.ctx(reviewer), id, await rollback(id, "安全检测")));
    expect([await rate("2026-07-19"), await rate("2026-07-20")]).toEqual([1, 0]);
    const told = await db
      .select({ userId: messages.userId })
      .from(messages)
      .where(eq(messages.href, `/systems/${id}/cloud`));
    expect(told.map(({ userId }) => userId).sort()).toEqual(
      [unitFiler, lead, company].map((each) => each.userId).sort(),
    );
    const { steps } = await readCloudWork(db, unitFiler, id, TODAY);
    expect(isMigrated(stepsStandingOn(steps, TODAY))).toBe(false);
    expect(steps.filter(({ rolledBackOn }) => rolledBackOn === TODAY)).toMatchObject([
      { step: "安全检测", rollbackReason: "抽查发现检测报告不完整", rollerName: reviewer.name },
      { step: "服务开通" },
    ]);

    const redo = async (step: CloudStep, day: string) =>
      recordCloudStep(own.ctx(company), id, await stepOf(id, step, { completedOn: localDate(day) }), BASIS);
    expect(codes(await redo("安全检测", "2026-07-19"))).toEqual(["dateBeforeRollback"]);
    accepted(await redo("安全检测", "2026-07-20"));
    accepted(await redo("服务开通", "2026-07-20"));
    expect(await rate("2026-07-20")).toBe(1);
    expect(await db.$count(outbox, and(eq(outbox.subjectId, id), eq(outbox.topic, "cloudStepRolledBack")))).toBe(1);
  });

  it("ends what kept the system from a later step", async () => {
    const id = await made(5);
    accepted(await reportBlock(city.ctx(filer), id, await blocked(id)));
    accepted(await rollBackCloudStep(city.ctx(bureau), id, await rollback(id, "系统部署")));
    expect(await openBlocks(id)).toEqual([]);
  });

  it("is the bureau's: 403 for the unit, 404 for others, a conflict when overtaken, once when sent twice", async () => {
    const id = await made(3);
    const input = await rollback(id, "审核备案");
    await expect(rollBackCloudStep(city.ctx(filer), id, input)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(rollBackCloudStep(city.ctx(stranger), id, input)).rejects.toMatchObject({ kind: "notFound" });
    await expect(rollBackCloudStep(city.ctx(bureau), id, { ...input, version: 9 })).rejects.toMatchObject({
      kind: "conflict",
    });
    expect(codes(await rollBackCloudStep(city.ctx(bureau), id, { ...input, step: "服务开通" }))).toEqual([
      "stepNotDone",
    ]);
    const twice = await Promise.allSettled([1, 2].map(() => rollBackCloudStep(city.ctx(bureau), id, input)));
    expect(twice.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await eventsOf(id)).toEqual(["cloudStepRolledBack"]);
  });
});

describe("a block", () => {
  it("is reported once, shown with its step, and cleared with a note", async () => {
    const id = await made(3, { operatorUnitId: city.operatorUnitId });
    accepted(await reportBlock(city.ctx(operator), id, await blocked(id)));
    expect(await openBlocks(id)).toMatchObject([{ step: "资源开通", reason: "fundsMissing" }]);
    expect(codes(await reportBlock(city.ctx(filer), id, await blocked(id)))).toEqual(["alreadyBlocked"]);
    accepted(await clearBlock(city.ctx(filer), id, { note: "资金已批复", version: await versionOf(id) }));
    expect(codes(await clearBlock(city.ctx(filer), id, { note: "资金已批复", version: await versionOf(id) }))).toEqual([
      "notBlocked",
    ]);
    const { blocks } = await readCloudWork(db, filer, id, TODAY);
    expect(blocks).toMatchObject([{ clearedOn: TODAY, clearedNote: "资金已批复", clearerName: filer.name }]);
    expect(await eventsOf(id)).toEqual(["cloudBlockReported", "cloudBlockCleared"]);
  });

  it("ends on the day the step was completed, not before it began", async () => {
    const id = await made(3);
    accepted(await reportBlock(city.ctx(filer), id, await blocked(id, { sinceOn: localDate("2026-07-10") })));
    accepted(
      await recordCloudStep(
        city.ctx(filer),
        id,
        await stepOf(id, "资源开通", { completedOn: localDate("2026-07-05") }),
      ),
    );
    const { blocks } = await readCloudWork(db, filer, id, TODAY);
    expect(blocks).toMatchObject([{ sinceOn: "2026-07-10", clearedOn: "2026-07-10" }]);
  });

  it("of another unit or of a system one does not operate is not found; overtaken it is a conflict; twice once", async () => {
    const id = await made(3);
    const input = await blocked(id);
    for (const other of [stranger, operator]) {
      await expect(reportBlock(city.ctx(other), id, input)).rejects.toMatchObject({ kind: "notFound" });
      await expect(clearBlock(city.ctx(other), id, { note: "已解决", version: 1 })).rejects.toMatchObject({
        kind: "notFound",
      });
    }
    await expect(reportBlock(city.ctx(bureau), id, input)).rejects.toMatchObject({ kind: "forbidden" });
    const twice = await Promise.allSettled([1, 2].map(() => reportBlock(city.ctx(filer), id, input)));
    expect(twice.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect(clearBlock(city.ctx(filer), id, { note: "已解决", version: 1 })).rejects.toMatchObject({
      kind: "conflict",
    });
  });
});

describe("the figures of cloud resources", () => {
  it("are entered as of a day; the same day again replaces them", async () => {
    const id = await made(4);
    const enter = async (figures: object, asOf = "2026-07-10") =>
      recordCloudResources(city.ctx(filer), id, { asOf: localDate(asOf), version: await versionOf(id), ...figures });
    expect(codes(await enter({ vcpu_opened: 8 }))).toEqual(["openedWithoutApplied"]);
    expect(codes(await enter({ vcpu_applied: 8, vcpu_opened: 9 }))).toEqual(["openedAboveApplied"]);
    accepted(await enter({ vcpu_applied: 8, vcpu_opened: 8, memory_applied: 32 }));
    accepted(await enter({ vcpu_opened: 6, vcpu_used: 7 }));
    const { figures } = await readCloudWork(db, filer, id, TODAY);
    expect(figures.map(({ kind, stage, amount }) => `${kind} ${stage} ${amount}`).sort()).toEqual([
      "memory applied 32",
      "vcpu applied 8",
      "vcpu opened 6",
      "vcpu used 7",
    ]);
    accepted(await enter({ vcpu_used: 5 }, "2026-07-20"));
    expect(await db.$count(cloudResources, eq(cloudResources.systemId, id))).toBe(5);
  });

  it("are the unit's and its operator's: 404 for others, a conflict when overtaken", async () => {
    const id = await made(4);
    const input = { asOf: TODAY, version: 1, vcpu_applied: 8 };
    for (const other of [stranger, operator])
      await expect(recordCloudResources(city.ctx(other), id, input)).rejects.toMatchObject({ kind: "notFound" });
    const twice = await Promise.allSettled([1, 2].map(() => recordCloudResources(city.ctx(filer), id, input)));
    expect(twice.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await db.$count(cloudResources, eq(cloudResources.systemId, id))).toBe(1);
  });
});

it("nothing is entered for a retired system", async () => {
  const id = await made(3, { retiredOn: localDate("2026-07-20"), state: "retired" });
  expect(codes(await recordCloudStep(city.ctx(filer), id, await stepOf(id, "资源开通")))).toEqual(["systemRetired"]);
  expect(codes(await reportBlock(city.ctx(filer), id, await blocked(id)))).toEqual(["systemRetired"]);
  expect(codes(await rollBackCloudStep(city.ctx(bureau), id, await rollback(id, "审核备案")))).toEqual([
    "systemRetired",
  ]);
});
