import { eq } from "drizzle-orm";

import type { Database, DatabaseOrTransaction } from "@db/client";
import { installation } from "@db/schema";
import { localDate, localDateOf, startOfDay, type LocalDate } from "~/kernel/local-date";

const DEMO_TODAY = "demonstrationToday";
/** The demonstration's today is re-read this often, because an administrator may move it. @unit ms */
const REFRESH_MS = 500;

/** The demonstration's day, and how far it lies from the host's. */
let known: { readonly at: number; readonly demoToday: LocalDate | undefined; readonly shiftMs: number } | undefined;

/**
 * The business clock. In a demonstration the day is the one in the installation table (an administrator may move it) and
 * the time of day is the host's; anywhere else both are the host's.
 */
export interface BusinessTime {
  readonly now: Date;
  readonly today: LocalDate;
  readonly demonstration: boolean;
}

/** Reads the business clock. */
export async function businessTime(db: Database): Promise<BusinessTime> {
  const host = new Date();
  if (!known || host.getTime() - known.at > REFRESH_MS) {
    const [row] = await db.select().from(installation).where(eq(installation.key, DEMO_TODAY));
    const day = row ? localDate(row.value) : undefined;
    const shiftMs = day ? startOfDay(day).getTime() - startOfDay(localDateOf(host)).getTime() : 0;
    known = { at: host.getTime(), demoToday: day, shiftMs };
  }
  const { demoToday, shiftMs } = known;
  if (!demoToday) return { now: host, today: localDateOf(host), demonstration: false };
  return { now: new Date(host.getTime() + shiftMs), today: demoToday, demonstration: true };
}

/** Marks the installation as a demonstration and sets its today. Only seeds and the demonstration's console call it. */
export async function setDemonstrationToday(db: DatabaseOrTransaction, today: LocalDate): Promise<void> {
  await db
    .insert(installation)
    .values({ key: DEMO_TODAY, value: today })
    .onConflictDoUpdate({ target: installation.key, set: { value: today } });
  known = undefined;
}
