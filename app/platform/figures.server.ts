import { asc, lte } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { calendarDays, ruleFigures } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import type { WorkCalendar } from "~/kernel/work-calendar";

/** The rule figures in force on a day, by code. Asking for one that no row defines is a broken installation. */
export interface RuleFigures {
  number(code: string): number;
  text(code: string): string;
}

/** Loads the figures in force on `on`: of each code the latest row that had begun. */
export async function loadFigures(db: DatabaseOrTransaction, on: LocalDate): Promise<RuleFigures> {
  const rows = await db
    .select()
    .from(ruleFigures)
    .where(lte(ruleFigures.inForceFrom, on))
    .orderBy(asc(ruleFigures.inForceFrom));
  const values = new Map(rows.map((row) => [row.code, row.value]));
  const text = (code: string): string => {
    const value = values.get(code);
    if (value === undefined) throw new Error(`no rule figure ${code} in force on ${on}`);
    return value;
  };
  return { text, number: (code) => Number(text(code)) };
}

/** Loads the working calendar: the exceptions, and for which years a list exists. */
export async function loadCalendar(db: DatabaseOrTransaction): Promise<WorkCalendar> {
  const rows = await db.select().from(calendarDays);
  return {
    days: new Map(rows.map((row) => [row.day, { off: row.off, name: row.name }])),
    years: new Set(rows.map((row) => Number(row.day.slice(0, 4)))),
  };
}
