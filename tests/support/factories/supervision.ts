import { eq } from "drizzle-orm";

import { supervisionItems, supervisionSlips } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { localDate } from "~/kernel/local-date";
import { issueSlips } from "~/modules/supervision/slips/issue-slips.server";
import { callTalks } from "~/modules/supervision/talks/call-talks.server";

import type { TestCity } from "../factories";
import { makeItem } from "./assessment";

/** One person for each side of a supervised item. */
export interface SupervisionPeople {
  readonly filer: Actor;
  readonly lead: Actor;
  readonly bureau: Actor;
  readonly leader: Actor;
  /** a filer of another unit */
  readonly stranger: Actor;
}

export async function makeSupervisionPeople(city: TestCity): Promise<SupervisionPeople> {
  return {
    filer: await city.as("filer"),
    lead: await city.as("unitLead"),
    bureau: await city.as("bureauReviewer"),
    leader: await city.as("leader"),
    stranger: await city.as("filer", city.otherUnitId),
  };
}

/** Makes items that each have a number of their own, of the city's first unit unless told otherwise. */
export function itemMaker(city: TestCity) {
  let running = 0;
  return (dueOn: string, closedOn: string | null = null, more: Partial<typeof supervisionItems.$inferInsert> = {}) =>
    makeItem(city, `督〔2026〕${++running}号`, dueOn, closedOn, more);
}

export const itemRow = async ({ db }: TestCity, id: string) => {
  const [row] = await db.select().from(supervisionItems).where(eq(supervisionItems.id, id));
  if (!row) throw new Error("no such item");
  return row;
};

/** An item as its page names it. */
export const itemRef = async (city: TestCity, id: string) => ({ id, version: (await itemRow(city, id)).version });

/** The clock of a job on a day. */
export const clockOn = (city: TestCity, actor: Actor, day: string) => {
  const { now, today } = city.ctx(actor, day);
  return { now, today };
};

/** Runs the daily job for the city alone, as of a day. */
export async function runDaily(city: TestCity, actor: Actor, day: string): Promise<{ slips: number; talks: number }> {
  const [clock, only] = [clockOn(city, actor, day), { regionId: city.regionId }];
  return { slips: await issueSlips(city.db, clock, only), talks: await callTalks(city.db, clock, only) };
}

/** The slips of the city in the order of their numbers, as "1 blue". */
export async function slipsOf({ db, regionId }: TestCity): Promise<string[]> {
  const rows = await db.select().from(supervisionSlips).where(eq(supervisionSlips.regionId, regionId));
  return rows
    .map(({ number, colour }) => ({ running: Number(/〕(\d+)号/.exec(number)?.[1]), colour }))
    .sort((a, b) => a.running - b.running)
    .map(({ running, colour }) => `${running} ${colour}`);
}

export const TODAY = localDate("2026-07-20");
