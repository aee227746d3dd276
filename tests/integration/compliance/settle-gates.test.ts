import { and, asc, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import { domainEvents, gateChanges, gateStates, messages, sanctions } from "@db/schema";
import { makeCity, makeUnit, type TestCity } from "@tests/support/factories";
import { makeSanction } from "@tests/support/factories/compliance";
import { testDatabase } from "@tests/support/worker-database";
import { localDate } from "~/kernel/local-date";
import { gateJobs, gateListeners } from "~/modules/compliance/index.server";
import { settleGates } from "~/modules/compliance/settle-gates.server";
import { newId } from "~/platform/ids.server";

const db = testDatabase();
let city: TestCity;
beforeAll(async () => {
  city = await makeCity(db);
});

const clock = (day: string) => ({ now: new Date(`${day}T01:00:00Z`), today: localDate(day) });
const freshUnit = () => makeUnit(db, city.regionId, `单位${newId()}`);
const changesOf = (unitId: string) =>
  db.select().from(gateChanges).where(eq(gateChanges.unitId, unitId)).orderBy(asc(gateChanges.at));
const stateOf = async (unitId: string) => (await db.select().from(gateStates).where(eq(gateStates.unitId, unitId)))[0];
const eventsOf = (unitId: string) =>
  db
    .select({ type: domainEvents.type, actorId: domainEvents.actorId, payload: domainEvents.payload })
    .from(domainEvents)
    .where(and(eq(domainEvents.subjectType, "gate"), eq(domainEvents.subjectId, unitId)))
    .orderBy(asc(domainEvents.id));

describe("settleGates", () => {
  it("keeps a quiet unit as open without an event", async () => {
    const unitId = await freshUnit();
    expect(await settleGates(db, clock("2026-07-20"), { unitIds: [unitId] })).toEqual({ opened: 0, closed: 0 });
    expect(await stateOf(unitId)).toMatchObject({ open: true, exempted: false, reasonCount: 0, sinceOn: "2026-07-20" });
    expect(await changesOf(unitId)).toEqual([]);
  });

  it("keeps each closing and opening once, with the reasons of the day, and tells unit and finance", async () => {
    const unitId = await freshUnit();
    const [filer, lead, finance] = [
      await city.as("filer", unitId),
      await city.as("unitLead", unitId),
      await city.as("financeReviewer"),
    ];
    const id = await makeSanction(city, { unitId });
    const run = (day: string) => settleGates(db, clock(day), { unitIds: [unitId] });
    expect(await run("2026-07-20")).toEqual({ opened: 0, closed: 1 });
    expect(await run("2026-07-20")).toEqual({ opened: 0, closed: 0 });
    expect(await run("2026-07-21")).toEqual({ opened: 0, closed: 0 });
    expect(await stateOf(unitId)).toMatchObject({ open: false, reasonCount: 1, sinceOn: "2026-07-20" });
    await db
      .update(sanctions)
      .set({ liftedOn: localDate("2026-07-22") })
      .where(eq(sanctions.id, id));
    expect(await run("2026-07-22")).toEqual({ opened: 1, closed: 0 });
    const changes = await changesOf(unitId);
    expect(changes.map(({ open, on, reasons }) => [open, on, reasons.map(({ code }) => code)])).toEqual([
      [false, "2026-07-20", ["sanctionOpen"]],
      [true, "2026-07-22", []],
    ]);
    expect((await eventsOf(unitId)).map(({ type, actorId }) => [type, actorId])).toEqual([
      ["gateClosed", "system"],
      ["gateOpened", "system"],
    ]);
    for (const person of [filer, lead, finance]) {
      const told = and(eq(messages.userId, person.userId), eq(messages.href, `/gates/${unitId}`));
      expect(await db.$count(messages, told)).toBe(2);
    }
  });

  it("counts a further reason without calling it a change", async () => {
    const unitId = await freshUnit();
    await makeSanction(city, { unitId });
    await settleGates(db, clock("2026-07-20"), { unitIds: [unitId] });
    await makeSanction(city, { unitId });
    expect(await settleGates(db, clock("2026-07-21"), { unitIds: [unitId] })).toEqual({ opened: 0, closed: 0 });
    expect(await stateOf(unitId)).toMatchObject({ reasonCount: 2, sinceOn: "2026-07-20" });
    expect(await changesOf(unitId)).toHaveLength(1);
  });

  it("two processes at once keep one change", async () => {
    const unitId = await freshUnit();
    await makeSanction(city, { unitId });
    const runs = await Promise.all([1, 2, 3].map(() => settleGates(db, clock("2026-07-20"), { unitIds: [unitId] })));
    expect(runs.map(({ closed }) => closed).sort()).toEqual([0, 0, 1]);
    expect(await changesOf(unitId)).toHaveLength(1);
    expect(await eventsOf(unitId)).toHaveLength(1);
  });

  it("looks at every unit by the calendar, and at one after an event that concerns it", async () => {
    const [unitId, other] = [await freshUnit(), await freshUnit()];
    const id = await makeSanction(city, { unitId, fromOn: localDate("2020-01-01") });
    const [listen] = gateListeners.sanctionImposed ?? [];
    await listen?.({ topic: "sanctionImposed", subjectId: id, regionId: city.regionId, payload: { unitId } }, db);
    expect((await stateOf(unitId))?.open).toBe(false);
    expect(await stateOf(other)).toBeUndefined();
    await gateJobs[0]?.run(db);
    expect((await stateOf(other))?.open).toBe(true);
  });
});
