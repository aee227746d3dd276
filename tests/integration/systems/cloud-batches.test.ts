import { and, eq, isNull } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import { auditEntries, cloudBatches, cloudStandings, domainEvents } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { accepted } from "@tests/support/factories/projects";
import { makeSystem } from "@tests/support/factories/systems";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { localDate } from "~/kernel/local-date";
import { assignSystems, removeSystems } from "~/modules/systems/cloud/batches/assign-systems.server";
import { listBatches, readBatch, systemsWithoutBatch } from "~/modules/systems/cloud/batches/batches.queries.server";
import { createBatch, editBatch } from "~/modules/systems/cloud/batches/save-batch.server";
import { readCloudQuery } from "~/modules/systems/cloud/rates/cloud-list.queries.server";
import { newId } from "~/platform/ids.server";

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
const named = (name = `批次${newId()}`, targetOn = "2026-09-30") => ({
  name,
  targetOn: localDate(targetOn),
  note: "按计划推进",
});
const made = async (targetOn?: string) => accepted(await createBatch(city.ctx(bureau), named(undefined, targetOn))).id;
const system = (steps = 0, more = {}, standing = {}) =>
  makeSystem({ db, regionId: city.regionId, unitId: city.unitId }, "系统", steps, "2026-05-01", more, standing);
const batchOf = async (systemId: string) =>
  (
    await db
      .select()
      .from(cloudStandings)
      .where(and(eq(cloudStandings.systemId, systemId), isNull(cloudStandings.toOn)))
  )[0]?.batchId;

describe("a batch", () => {
  it("is made once under its name, with its record", async () => {
    const input = named();
    const both = await Promise.all([createBatch(city.ctx(bureau), input), createBatch(city.ctx(bureau), input)]);
    expect(both.map(codes).flat().sort()).toEqual(["nameTaken", "ok"]);
    const [row] = await db.select().from(cloudBatches).where(eq(cloudBatches.name, input.name));
    expect(row).toMatchObject({ ...input, regionId: city.regionId });
    expect(await db.$count(auditEntries, eq(auditEntries.objectId, row?.id ?? ""))).toBe(1);
  });

  it("is changed under its version; another's name is refused", async () => {
    const [one, two] = [await made(), await made()];
    const [other] = await db.select().from(cloudBatches).where(eq(cloudBatches.id, two));
    const later = { ...named(), version: 1 };
    expect(codes(await editBatch(city.ctx(bureau), one, { ...later, name: other?.name ?? "" }))).toEqual(["nameTaken"]);
    accepted(await editBatch(city.ctx(bureau), one, later));
    await expect(editBatch(city.ctx(bureau), one, later)).rejects.toMatchObject({ kind: "conflict" });
  });

  it("is the bureau's: nobody else makes, changes or fills one", async () => {
    const [id, systemId, filer] = [await made(), await system(), await city.as("filer")];
    await expect(createBatch(city.ctx(filer), named())).rejects.toMatchObject({ kind: "forbidden" });
    await expect(editBatch(city.ctx(filer), id, { ...named(), version: 1 })).rejects.toMatchObject({
      kind: "notFound",
    });
    await expect(assignSystems(city.ctx(filer), id, [systemId])).rejects.toMatchObject({ kind: "notFound" });
    await expect(removeSystems(city.ctx(filer), id, [systemId])).rejects.toMatchObject({ kind: "notFound" });
  });
});

describe("the systems of a batch", () => {
  it("come in from today, once, whether from none or from another batch", async () => {
    const [one, two, free] = [await made(), await made(), await system()];
    expect(accepted(await assignSystems(city.ctx(bureau), one, [free])).changed).toBe(1);
    expect(accepted(await assignSystems(city.ctx(bureau), one, [free, free])).changed).toBe(0);
    expect(await db.$count(domainEvents, eq(domainEvents.subjectId, free))).toBe(1);
    expect(await batchOf(free)).toBe(one);
    accepted(await assignSystems(city.ctx(bureau, "2026-07-21"), two, [free]));
    const spans = await db
      .select({ batchId: cloudStandings.batchId, fromOn: cloudStandings.fromOn })
      .from(cloudStandings)
      .where(eq(cloudStandings.systemId, free))
      .orderBy(cloudStandings.fromOn);
    expect(spans.map(({ batchId, fromOn }) => [batchId, fromOn])).toEqual([
      [null, "2025-01-01"],
      [one, "2026-07-20"],
      [two, "2026-07-21"],
    ]);
    expect(codes(await removeSystems(city.ctx(bureau, "2026-07-21"), one, [free]))).toEqual(["notInBatch"]);
    accepted(await removeSystems(city.ctx(bureau, "2026-07-22"), two, [free]));
    expect(await batchOf(free)).toBeNull();
  });

  it("are all taken or none: one that is out of scope, retired or unknown", async () => {
    const [id, fine] = [await made(), await system()];
    const out = await system(0, {}, { scope: "out", reason: "highLevel" });
    const retired = await system(0, { retiredOn: TODAY });
    const assign = (ids: string[]) => assignSystems(city.ctx(bureau), id, ids);
    expect(codes(await assign([fine, out]))).toEqual(["notPlaceable"]);
    expect(codes(await assign([fine, retired]))).toEqual(["notPlaceable"]);
    expect(codes(await assign([]))).toEqual(["nothingChosen"]);
    await expect(assign([fine, newId()])).rejects.toMatchObject({ kind: "notFound" });
    expect(await batchOf(fine)).toBeNull();
  });

  it("are shown with their progress and what is overdue", async () => {
    const id = await made("2026-07-19");
    const [arrived, underWay] = [await system(7), await system(3)];
    accepted(await assignSystems(city.ctx(bureau), id, [arrived, underWay]));
    const query = readCloudQuery(new URLSearchParams(), TODAY);
    const read = await readBatch(db, bureau, id, query);
    expect(read).toMatchObject({ numerator: 1, denominator: 2, mayGovern: true });
    expect(read.page.rows.map((row) => [row.id, row.overdue, row.at])).toEqual([
      [underWay, true, "资源开通"],
      [arrived, false, "已上云"],
    ]);
    const { batches } = await listBatches(db, bureau, TODAY);
    expect(batches.find((batch) => batch.id === id)).toMatchObject({ numerator: 1, denominator: 2, overdue: 1 });
    const { rows } = await systemsWithoutBatch(db, bureau, { unit: undefined, today: TODAY });
    expect(rows.map((row) => row.id)).not.toContain(arrived);
    const stranger = { ...bureau, regionId: city.otherRegionId };
    await expect(readBatch(db, stranger, id, query)).rejects.toMatchObject({ kind: "notFound" });
  });
});
