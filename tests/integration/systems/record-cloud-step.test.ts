import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import type { systems } from "@db/schema";
import { auditEntries, type cloudStandings, cloudSteps, domainEvents, outbox } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { BASIS } from "@tests/support/factories/changes";
import { makeSystem as systemOf } from "@tests/support/factories/systems";
import { testDatabase } from "@tests/support/worker-database";
import { localDate } from "~/kernel/local-date";
import { CLOUD_STEPS, type CloudStep } from "~/kernel/vocabulary";
import { recordCloudStep } from "~/modules/systems/cloud/steps/record-cloud-step.server";
import { cloudRates } from "~/modules/systems/index.server";
import { scopeFor } from "~/policy";

const db = testDatabase();
let city: TestCity;
beforeAll(async () => {
  city = await makeCity(db);
});

const makeSystem = (
  more: Partial<typeof systems.$inferInsert> = {},
  standing: Partial<typeof cloudStandings.$inferInsert> = {},
) =>
  systemOf({ db, regionId: city.regionId, unitId: city.unitId }, "地下管网普查系统", 0, "2026-05-01", more, standing);

const step = (name: CloudStep, version: number, on = "2026-07-01") => ({
  step: name,
  ...(name === "安全检测" && { testResult: "passed" as const }),
  completedOn: localDate(on),
  evidence: "上云迁移方案（鹤数〔2026〕12号）",
  version,
});

describe("recordCloudStep", () => {
  it("writes the step with its audit, event and outbox rows", async () => {
    const id = await makeSystem();
    const ctx = city.ctx(await city.as("filer"));
    expect(await recordCloudStep(ctx, id, step("方案编制", 1))).toEqual({ ok: true, value: null });
    const rows = await Promise.all([
      db.$count(cloudSteps, eq(cloudSteps.systemId, id)),
      db.$count(auditEntries, eq(auditEntries.objectId, id)),
      db.$count(domainEvents, eq(domainEvents.subjectId, id)),
      db.$count(outbox, eq(outbox.subjectId, id)),
    ]);
    expect(rows).toEqual([1, 1, 1, 1]);
  });

  it("another unit's filer gets 404", async () => {
    const id = await makeSystem();
    const stranger = await city.as("filer", city.otherUnitId);
    await expect(recordCloudStep(city.ctx(stranger), id, step("方案编制", 1))).rejects.toMatchObject({
      kind: "notFound",
    });
  });

  it("an operator records for the systems it operates, and gets 404 for others", async () => {
    const operator = await city.as("operator");
    const operated = await makeSystem({ operatorUnitId: city.operatorUnitId });
    const other = await makeSystem();
    expect((await recordCloudStep(city.ctx(operator), operated, step("方案编制", 1))).ok).toBe(true);
    await expect(recordCloudStep(city.ctx(operator), other, step("方案编制", 1))).rejects.toMatchObject({
      kind: "notFound",
    });
  });

  it("who sees but may not record gets 403", async () => {
    const id = await makeSystem();
    const bureau = await city.as("bureauReviewer");
    await expect(recordCloudStep(city.ctx(bureau), id, step("方案编制", 1))).rejects.toMatchObject({
      kind: "forbidden",
    });
  });

  it("a stale version is a conflict and writes nothing", async () => {
    const id = await makeSystem({ version: 4 });
    const ctx = city.ctx(await city.as("filer"));
    await expect(recordCloudStep(ctx, id, step("方案编制", 3))).rejects.toMatchObject({ kind: "conflict" });
    expect(await db.$count(cloudSteps, eq(cloudSteps.systemId, id))).toBe(0);
  });

  it("ten simultaneous submits of one form have one effect", async () => {
    const id = await makeSystem();
    const ctx = city.ctx(await city.as("filer"));
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, () => recordCloudStep(ctx, id, step("方案编制", 1))),
    );
    const accepted = outcomes.filter((o) => o.status === "fulfilled" && o.value.ok);
    expect(accepted).toHaveLength(1);
    expect(await db.$count(domainEvents, and(eq(domainEvents.subjectId, id)))).toBe(1);
  });

  it("a refused step leaves nothing behind", async () => {
    const id = await makeSystem();
    const ctx = city.ctx(await city.as("filer"));
    const result = await recordCloudStep(ctx, id, step("安全检测", 1));
    expect(result).toMatchObject({ ok: false, refusals: [{ code: "previousStepMissing" }] });
    expect(await db.$count(auditEntries, eq(auditEntries.objectId, id))).toBe(0);
  });
});

describe("the cloud rate", () => {
  it("moves only with the seventh step, and not for systems out of scope", async () => {
    const fresh = await makeCity(db);
    city = fresh;
    const filer = await fresh.as("filer");
    const scope = scopeFor(filer, "system:read");
    const id = await makeSystem();
    await makeSystem();
    await makeSystem({ ownership: "provincial" }, { scope: "out", reason: "verticalSystem" });
    const rate = async () => {
      const [row] = await cloudRates(db, scope, localDate("2026-07-20"));
      return [row?.numerator, row?.denominator];
    };
    expect(await rate()).toEqual([0, 2]);
    for (const [index, name] of CLOUD_STEPS.entries()) {
      expect((await recordCloudStep(fresh.ctx(filer), id, step(name, index + 1), BASIS)).ok).toBe(true);
      expect(await rate()).toEqual([name === "服务开通" ? 1 : 0, 2]);
    }
    const [before] = await cloudRates(db, scope, localDate("2026-06-30"));
    expect(before?.numerator).toBe(0);
  });
});
