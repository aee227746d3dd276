import { eq, inArray } from "drizzle-orm";
import * as fc from "fast-check";
import { beforeAll, describe, expect, it, vi } from "vitest";

import { cloudBatches, cloudBlocks, cloudStandings, cloudSteps, regions, systems } from "@db/schema";
import { makeCity, makeUnit, type TestCity } from "@tests/support/factories";
import { at } from "@tests/support/factories/assessment";
import { makeSystem } from "@tests/support/factories/systems";
import { testDatabase } from "@tests/support/worker-database";
import { addDays, localDate, type LocalDate } from "~/kernel/local-date";
import { CLOUD_STEPS, type ScopeReason, type ScopeResult } from "~/kernel/vocabulary";
import {
  listCloudSystems,
  readCloudBoard,
  readCloudQuery,
  readCloudSummary,
} from "~/modules/systems/cloud/rates/cloud-list.queries.server";
import {
  cloudRateHistory,
  cloudRateOfAll,
  cloudRates,
  cloudRatesOfBatches,
  cloudRatesOfRegions,
  cloudTargets,
} from "~/modules/systems/cloud/rates/rates.queries.server";
import { MIGRATED } from "~/modules/systems/cloud/rates/rates.rules";
import { changeStanding } from "~/modules/systems/cloud/standing.server";
import { newId } from "~/platform/ids.server";
import type { Scope } from "~/policy";

vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 });

const db = testDatabase();
const BEGIN = localDate("2025-08-01");
/** A year and a bit, with a turn of the year in it. */
const SPAN = 380;

/* ---------- a random year ---------- */

interface Change {
  readonly day: number;
  readonly unit: number | null;
  readonly batch: number | null | undefined;
  readonly standing: number | null;
}
interface Plan {
  readonly registered: number;
  readonly retired: number | null;
  readonly unit: number;
  readonly changes: readonly Change[];
  readonly arrived: number | null;
  readonly steps: readonly { readonly step: number; readonly day: number; readonly undone: number | null }[];
}

const UNITS = 6;
const BATCHES = 3;
const STANDINGS: readonly { scope: ScopeResult; reason: ScopeReason | null; managed: boolean }[] = [
  { scope: "in", reason: null, managed: false },
  { scope: "out", reason: "highLevel", managed: false },
  { scope: "special", reason: "largeVolume", managed: false },
  { scope: "special", reason: "professional", managed: true },
];

const dayIndex = fc.integer({ min: 0, max: SPAN });
const change: fc.Arbitrary<Change> = fc.record({
  day: dayIndex,
  unit: fc.option(fc.nat({ max: UNITS - 1 }), { freq: 2 }),
  batch: fc.option(fc.option(fc.nat({ max: BATCHES - 1 }), { freq: 3 }), { freq: 2, nil: undefined }),
  standing: fc.option(fc.nat({ max: STANDINGS.length - 1 }), { freq: 2 }),
});
const plan: fc.Arbitrary<Plan> = fc.record({
  registered: fc.integer({ min: 0, max: 250 }),
  retired: fc.option(fc.integer({ min: 0, max: 380 }), { freq: 5 }),
  unit: fc.nat({ max: UNITS - 1 }),
  changes: fc.array(change, { maxLength: 5 }),
  /** the day on which both of the steps that make a system migrated were done */
  arrived: fc.option(dayIndex, { freq: 3 }),
  steps: fc.array(
    fc.record({
      step: fc.oneof(fc.constantFrom(5, 6), fc.nat({ max: 6 })),
      day: dayIndex,
      undone: fc.option(fc.constantFrom(0, 1, 20, 90), { freq: 3 }),
    }),
    { maxLength: 6 },
  ),
});
const history = fc.record({
  plans: fc.array(plan, { minLength: 20, maxLength: 30 }),
  days: fc.array(dayIndex, { minLength: 4, maxLength: 6 }),
});

const on = (index: number): LocalDate => addDays(BEGIN, index);

/** A city with a county and its town, beside it another county; two units in each but the city's. */
async function makeRegions() {
  const make = async (name: string, level: "city" | "county" | "town", parent?: { id: string; path: string }) => {
    const id = newId();
    const path = `${parent?.path ?? "/"}${id}/`;
    await db
      .insert(regions)
      .values({ id, parentId: parent?.id ?? null, code: id, name, level, path, reportingDay: 15 });
    return { id, path };
  };
  const city = await make("市", "city");
  const county = await make("甲县", "county", city);
  const town = await make("甲镇", "town", county);
  const beside = await make("乙县", "county", city);
  const homes = [city.id, county.id, county.id, town.id, beside.id, beside.id];
  const unitIds: string[] = [];
  for (const [index, regionId] of homes.entries()) unitIds.push(await makeUnit(db, regionId, `单位${index}`));
  const batchIds: string[] = [];
  for (let index = 0; index < BATCHES; index++) {
    const id = newId();
    batchIds.push(id);
    await db.insert(cloudBatches).values({ id, regionId: city.id, name: `批次${id}`, targetOn: on(100 + index * 100) });
  }
  const scope: Scope = { regionIds: [city.id, county.id, town.id, beside.id], unitId: null, operatorUnitId: null };
  return { homes, unitIds, batchIds, scope };
}
type Ground = Awaited<ReturnType<typeof makeRegions>>;

/** The spans of one system: a day has one standing, the last that was said on it. */
function spansOf(ground: Ground, systemId: string, { registered, unit, changes }: Plan) {
  const first = {
    systemId,
    unitId: ground.unitIds[unit] ?? "",
    regionId: ground.homes[unit] ?? "",
    batchId: null as string | null,
    ...STANDINGS[0],
  };
  const rows: (typeof cloudStandings.$inferInsert)[] = [
    { ...first, id: newId(), scope: "in", fromOn: on(registered), toOn: null },
  ];
  for (const each of [...changes].filter(({ day }) => day >= registered).sort((a, b) => a.day - b.day)) {
    const last = rows.at(-1);
    if (!last) continue;
    const after = {
      ...last,
      ...(each.unit !== null && { unitId: ground.unitIds[each.unit] ?? "", regionId: ground.homes[each.unit] ?? "" }),
      ...(each.batch !== undefined && { batchId: each.batch === null ? null : ground.batchIds[each.batch] }),
      ...(each.standing !== null && STANDINGS[each.standing]),
    };
    if (last.fromOn === on(each.day)) rows[rows.length - 1] = after;
    else {
      last.toOn = on(each.day);
      rows.push({ ...after, id: newId(), fromOn: on(each.day), toOn: null });
    }
  }
  return rows;
}

/** Of one step at most one record was not rolled back: the last. */
function stepRowsOf(systemId: string, regionId: string, { steps, arrived }: Plan): (typeof cloudSteps.$inferInsert)[] {
  return CLOUD_STEPS.flatMap((step, index) => {
    const done = arrived !== null && index >= 5 ? [{ step: index, day: arrived, undone: null }] : [];
    const drawn = [...steps.filter((each) => each.step === index), ...done].sort((a, b) => a.day - b.day);
    return drawn.map(({ day, undone }, place) => {
      const days = undone ?? (place < drawn.length - 1 ? 5 : null);
      return {
        id: newId(),
        systemId,
        step,
        regionId,
        completedOn: on(day),
        evidence: "依据",
        recordedBy: "filer",
        recordedAt: at(on(day)),
        ...(days !== null && {
          rolledBackOn: on(day + days),
          rolledBackBy: "bureau",
          rolledBackAt: at(on(day + days)),
          rollbackReason: "退回",
        }),
      };
    });
  });
}

async function write(ground: Ground, plans: readonly Plan[]): Promise<string[]> {
  const made = plans.map((each) => {
    const id = newId();
    const spans = spansOf(ground, id, each);
    const last = spans.at(-1);
    return { id, each, spans, unitId: last?.unitId ?? "", regionId: last?.regionId ?? "" };
  });
  await db.insert(systems).values(
    made.map(({ id, each, unitId, regionId }) => ({
      id,
      unitId,
      regionId,
      code: id,
      name: `系统${id}`,
      comparedName: id,
      initials: "",
      ownership: "own" as const,
      hosting: "ownRoom" as const,
      registeredOn: on(each.registered),
      retiredOn: each.retired === null ? null : on(Math.max(each.registered, each.retired)),
    })),
  );
  await db.insert(cloudStandings).values(made.flatMap(({ spans }) => spans));
  const steps = made.flatMap(({ id, each, regionId }) => stepRowsOf(id, regionId, each));
  if (steps.length > 0) await db.insert(cloudSteps).values(steps);
  return made.map(({ id }) => id);
}

/* ---------- the naive recount ---------- */

interface Tally {
  done: number;
  due: number;
  newDone: number;
  newDue: number;
}
const nothing = (): Tally => ({ done: 0, due: 0, newDone: 0, newDue: 0 });

/** Every row of a ground as it is in the tables. */
async function readRaw(ground: Ground, ids: readonly string[]) {
  return {
    systems: await db
      .select()
      .from(systems)
      .where(inArray(systems.id, [...ids])),
    standings: await db
      .select()
      .from(cloudStandings)
      .where(inArray(cloudStandings.systemId, [...ids])),
    steps: await db
      .select()
      .from(cloudSteps)
      .where(inArray(cloudSteps.systemId, [...ids])),
    parents: new Map(
      (
        await db
          .select()
          .from(regions)
          .where(inArray(regions.id, [...ground.scope.regionIds]))
      ).map((region) => [region.id, region.parentId]),
    ),
    batches: await db.select().from(cloudBatches).where(inArray(cloudBatches.id, ground.batchIds)),
  };
}
type Raw = Awaited<ReturnType<typeof readRaw>>;

/** One system after the other, one day: counted as the rule of the rate is written down, not as the queries do it. */
function recount(raw: Raw, day: string) {
  const [perUnit, perBatch, perRegion] = [new Map<string, Tally>(), new Map<string, Tally>(), new Map<string, Tally>()];
  const all = nothing();
  let overdue = 0;
  for (const system of raw.systems) {
    if (system.registeredOn > day) continue;
    if (system.retiredOn !== null && system.retiredOn <= day) continue;
    const held = raw.standings.filter(
      (span) => span.systemId === system.id && span.fromOn <= day && (span.toOn === null || day < span.toOn),
    );
    if (held.length !== 1) throw new Error(`${held.length} standings on ${day}`);
    const standing = held[0];
    if (!standing || standing.scope === "out" || (standing.scope === "special" && standing.managed)) continue;
    const stands = (wanted: string) =>
      raw.steps.some(
        (row) =>
          row.systemId === system.id &&
          row.step === wanted &&
          row.completedOn <= day &&
          !(row.rolledBackOn !== null && row.rolledBackOn <= day),
      );
    const migrated = stands("安全检测") && stands("服务开通");
    const fresh = system.registeredOn.slice(0, 4) === day.slice(0, 4);
    const target = raw.batches.find((batch) => batch.id === standing.batchId)?.targetOn;
    if (!migrated && target !== undefined && target < day) overdue++;
    const lines: string[] = [];
    for (let region: string | null = standing.regionId; region; region = raw.parents.get(region) ?? null) {
      lines.push(region);
    }
    const tallies = [
      all,
      tallyIn(perUnit, standing.unitId),
      tallyIn(perBatch, standing.batchId ?? "none"),
      ...lines.map((region) => tallyIn(perRegion, region)),
    ];
    for (const tally of tallies) {
      tally.due++;
      if (migrated) tally.done++;
      if (fresh) tally.newDue++;
      if (fresh && migrated) tally.newDone++;
    }
  }
  return { all, perUnit, perBatch, perRegion, overdue };
}

function tallyIn(map: Map<string, Tally>, key: string): Tally {
  const tally = map.get(key) ?? nothing();
  map.set(key, tally);
  return tally;
}

interface Share {
  readonly numerator: number;
  readonly denominator: number;
  readonly newNumerator: number;
  readonly newDenominator: number;
}
const tallyOf = (share: Share): Tally => ({
  done: share.numerator,
  due: share.denominator,
  newDone: share.newNumerator,
  newDue: share.newDenominator,
});
const byKey = <Row extends Share>(rows: readonly Row[], key: (row: Row) => string) =>
  Object.fromEntries(rows.map((row) => [key(row), tallyOf(row)]));

/* ---------- the two agree ---------- */

describe("rates of any day", () => {
  it("equal a naive recount per unit, batch, region and city over random years", async () => {
    const seen = { days: 0, due: 0, done: 0 };
    await fc.assert(
      fc.asyncProperty(history, async ({ plans, days }) => {
        const ground = await makeRegions();
        const raw = await readRaw(ground, await write(ground, plans));
        const edges = raw.standings.slice(0, 3).flatMap(({ fromOn }) => [addDays(fromOn, -1), fromOn]);
        for (const day of new Set([...days.map(on), ...edges])) {
          const expected = recount(raw, day);
          const [perUnit, perBatch, perRegion, all, summary] = await Promise.all([
            cloudRates(db, ground.scope, day),
            cloudRatesOfBatches(db, ground.scope, day),
            cloudRatesOfRegions(db, ground.scope, day),
            cloudRateOfAll(db, ground.scope, day),
            readCloudSummary(db, ground.scope, day),
          ]);
          expect(byKey(perUnit, ({ unitId }) => unitId)).toEqual(Object.fromEntries(expected.perUnit));
          expect(byKey(perBatch, ({ batchId }) => batchId ?? "none")).toEqual(Object.fromEntries(expected.perBatch));
          expect(byKey(perRegion, ({ regionId }) => regionId)).toEqual(Object.fromEntries(expected.perRegion));
          expect(tallyOf(all)).toEqual(expected.all);
          expect({ ...tallyOf(summary), overdue: summary.overdue }).toEqual({
            ...expected.all,
            overdue: expected.overdue,
          });
          seen.days++;
          seen.due += expected.all.due;
          seen.done += expected.all.done;
        }
      }),
      { seed: 20_260_720, numRuns: 40, endOnFailure: true },
    );
    // The years were not empty: the comparison compared something.
    expect(seen.days).toBeGreaterThan(200);
    expect(seen.done).toBeGreaterThan(300);
    expect(seen.due).toBeGreaterThan(2 * seen.done);
  });

  it("the board, the list and a unit's history show the systems that the rate counts", async () => {
    const [drawn] = fc.sample(history, { seed: 7, numRuns: 1 });
    if (!drawn) throw new Error("nothing drawn");
    const ground = await makeRegions();
    const raw = await readRaw(ground, await write(ground, drawn.plans));
    const day = on(300);
    const expected = recount(raw, day);
    const query = readCloudQuery(new URLSearchParams({ asOf: day }), on(400));
    const [board, list, overdue] = await Promise.all([
      readCloudBoard(db, ground.scope, day),
      listCloudSystems(db, ground.scope, query),
      listCloudSystems(db, ground.scope, { ...query, overdue: true }),
    ]);
    expect(board.reduce((total, { total: here }) => total + here, 0)).toBe(expected.all.due);
    expect(board.find(({ column }) => column === MIGRATED)?.total).toBe(expected.all.done);
    expect([list.total, list.rows.length]).toEqual([expected.all.due, expected.all.due]);
    expect(overdue.total).toBe(expected.overdue);
    const days = [on(50), on(200), day];
    const [unitId = ""] = ground.unitIds;
    const months = await cloudRateHistory(db, unitId, days);
    const told = days.flatMap((each) => {
      const tally = recount(raw, each).perUnit.get(unitId);
      return tally ? [{ day: each, numerator: tally.done, denominator: tally.due }] : [];
    });
    expect(months).toEqual(told);
  });

  it("changes of standing, one after the other, leave the spans that the recount reads", async () => {
    const ground = await makeRegions();
    const plans = fc.sample(plan, { seed: 11, numRuns: 12 });
    for (const each of plans) {
      const id = newId();
      const [expected, first] = [spansOf(ground, id, each), spansOf(ground, id, { ...each, changes: [] })];
      await db.insert(systems).values({
        id,
        unitId: ground.unitIds[each.unit] ?? "",
        regionId: ground.homes[each.unit] ?? "",
        code: id,
        name: id,
        comparedName: id,
        initials: "",
        ownership: "own",
        hosting: "ownRoom",
        registeredOn: on(each.registered),
      });
      await db.insert(cloudStandings).values(first);
      const changes = [...each.changes].filter(({ day }) => day >= each.registered).sort((a, b) => a.day - b.day);
      for (const { day, unit, batch, standing } of changes) {
        const said = standing === null ? undefined : STANDINGS[standing];
        await db.transaction((tx) =>
          changeStanding(tx, id, on(day), {
            ...(unit !== null && { unitId: ground.unitIds[unit] ?? "" }),
            ...(batch !== undefined && { batchId: batch === null ? null : (ground.batchIds[batch] ?? null) }),
            ...(said && { scope: { result: said.scope, reason: said.reason, managed: said.managed } }),
          }),
        );
      }
      const shape = (row: (typeof expected)[number]) =>
        [row.fromOn, row.toOn, row.unitId, row.regionId, row.batchId, row.scope, row.reason, row.managed].join("|");
      const written = await db.select().from(cloudStandings).where(eq(cloudStandings.systemId, id));
      expect(written.map(shape).sort()).toEqual(expected.map(shape).sort());
    }
  });
});

/* ---------- boundaries ---------- */

describe("the boundaries of a day", () => {
  let city: TestCity;
  beforeAll(async () => {
    city = await makeCity(db);
  });
  const DAY = localDate("2026-06-30");

  /** A unit with one system that arrived on a day; the unit's share on DAY. */
  async function shareOf(
    completedOn: string,
    more: Parameters<typeof makeSystem>[4] = {},
    rolledBackOn?: string,
    standing: Parameters<typeof makeSystem>[5] = {},
  ): Promise<string> {
    const unitId = await makeUnit(db, city.regionId, "边界单位");
    const id = await makeSystem({ db, regionId: city.regionId, unitId }, "边界系统", 7, completedOn, more, standing);
    if (rolledBackOn) {
      await db
        .update(cloudSteps)
        .set({ rolledBackOn: localDate(rolledBackOn) })
        .where(eq(cloudSteps.systemId, id));
    }
    const [row] = await cloudRates(db, { regionIds: [], unitId, operatorUnitId: null }, DAY);
    return row ? `${row.numerator}/${row.denominator}` : "none";
  }

  it.each<[string, Parameters<typeof shareOf>, string]>([
    ["completed on the day itself", ["2026-06-30"], "1/1"],
    ["completed the day after", ["2026-07-01"], "0/1"],
    ["completed the day before", ["2026-06-29"], "1/1"],
    ["rolled back on the day", ["2026-05-01", {}, "2026-06-30"], "0/1"],
    ["rolled back the day after", ["2026-05-01", {}, "2026-07-01"], "1/1"],
    ["rolled back the day before", ["2026-05-01", {}, "2026-06-29"], "0/1"],
    ["registered on the day", ["2026-06-30", { registeredOn: DAY }], "1/1"],
    ["registered the day after", ["2026-07-01", { registeredOn: localDate("2026-07-01") }], "none"],
    ["retired on the day", ["2026-05-01", { retiredOn: DAY }], "none"],
    ["retired the day after", ["2026-05-01", { retiredOn: localDate("2026-07-01") }], "1/1"],
    ["out of scope", ["2026-05-01", {}, undefined, { scope: "out", reason: "highLevel" }], "none"],
    ["special, not managed", ["2026-07-01", {}, undefined, { scope: "special", reason: "largeVolume" }], "0/1"],
    [
      "special and managed",
      ["2026-07-01", {}, undefined, { scope: "special", reason: "largeVolume", managed: true }],
      "none",
    ],
  ])("%s", async (_name, input, expected) => {
    expect(await shareOf(...input)).toBe(expected);
  });

  it("security tested but not opened, and opened but not tested, are not migrated", async () => {
    const unitId = await makeUnit(db, city.regionId, "两步单位");
    const owner = { db, regionId: city.regionId, unitId };
    await makeSystem(owner, "只测", 6);
    const opened = await makeSystem(owner, "只开", 7);
    await db.delete(cloudSteps).where(eq(cloudSteps.systemId, opened));
    await db.insert(cloudSteps).values({
      id: newId(),
      systemId: opened,
      step: "服务开通",
      regionId: city.regionId,
      completedOn: DAY,
      evidence: "依据",
      recordedBy: "filer",
      recordedAt: at(DAY),
    });
    const scope: Scope = { regionIds: [], unitId, operatorUnitId: null };
    expect(await cloudRates(db, scope, DAY)).toMatchObject([{ numerator: 0, denominator: 2 }]);
  });

  it("a transferred system counts for who had it on the day, and an operator sees what it operates", async () => {
    const [from, to] = [await makeUnit(db, city.regionId, "移出"), await makeUnit(db, city.regionId, "移入")];
    const operator = await makeUnit(db, city.regionId, "运营", { isOperator: true });
    const id = await makeSystem(
      { db, regionId: city.regionId, unitId: from },
      "移交系统",
      7,
      "2026-05-01",
      { operatorUnitId: operator },
      { toOn: DAY },
    );
    await db.insert(cloudStandings).values({
      id: newId(),
      systemId: id,
      regionId: city.regionId,
      unitId: to,
      scope: "in",
      fromOn: DAY,
    });
    const unitsOn = async (scope: Scope, day: LocalDate) =>
      (await cloudRates(db, scope, day)).map(({ unitId }) => unitId);
    const operated: Scope = { regionIds: [], unitId: null, operatorUnitId: operator };
    expect(await unitsOn(operated, addDays(DAY, -1))).toEqual([from]);
    expect(await unitsOn(operated, DAY)).toEqual([to]);
    expect(await unitsOn({ regionIds: [], unitId: from, operatorUnitId: null }, DAY)).toEqual([]);
  });

  it("a system is blocked from the day on which it is until the day on which it is cleared", async () => {
    const unitId = await makeUnit(db, city.regionId, "受阻单位");
    const systemId = await makeSystem({ db, regionId: city.regionId, unitId }, "受阻系统", 2);
    await db.insert(cloudBlocks).values({
      id: newId(),
      systemId,
      regionId: city.regionId,
      step: "审核备案",
      reason: "fundsMissing",
      detail: "资金没有安排",
      sinceOn: localDate("2026-06-01"),
      clearedOn: DAY,
      reportedBy: "filer",
      reportedAt: at("2026-06-01"),
    });
    const scope: Scope = { regionIds: [], unitId, operatorUnitId: null };
    const blockedOn = async (day: string) => (await readCloudSummary(db, scope, localDate(day))).blocked;
    expect(await Promise.all(["2026-05-31", "2026-06-01", "2026-06-29", "2026-06-30"].map(blockedOn))).toEqual([
      0, 1, 1, 0,
    ]);
  });

  it.each([
    ["2025-10-30", "0", "80"],
    ["2025-10-31", "50", "80"],
    ["2025-12-30", "50", "80"],
    ["2025-12-31", "100", "95"],
  ])("the targets on %s", async (day, all, fresh) => {
    expect(await cloudTargets(db, localDate(day))).toMatchObject({ all, new: fresh });
  });
});
