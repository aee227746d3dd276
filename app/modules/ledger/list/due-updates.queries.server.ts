import { and, count, eq, exists, lte, not, sql } from "drizzle-orm";

import type { Database } from "@db/client";
import { ledgerPlans, ledgerTasks, ledgerUpdates, regions } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import { addPeriods, lastDay, type Period, periodOf } from "~/kernel/period";
import { reportDueOn } from "~/kernel/reporting-day";
import { loadCalendars } from "~/platform/calendar.server";

import { concernsUnit } from "../match/named-units.queries.server";

/** How many tasks a unit still has to tell a month's progress of, and until when. */
export interface DueUpdates {
  readonly period: Period;
  readonly isCurrent: boolean;
  readonly tasks: number;
  readonly dueOn: LocalDate;
}

/**
 * What a unit owes: this month's progress of the tasks under way that name it, and last month's until its day has come, of
 * plans that were there then. The day is the reporting day of the plan's region on that region's calendar.
 * @source domain.md §7
 */
export async function dueUpdates(db: Database, unitId: string, today: LocalDate): Promise<DueUpdates[]> {
  const current = periodOf(today);
  const calendarOf = await loadCalendars(db);
  const months = await Promise.all(
    [current, addPeriods(current, -1)].map(async (period) => {
      const rows = await missingBy(db, unitId, period);
      return rows.map(({ regionId, reportingDay, tasks }) => ({
        ...{ period, tasks },
        isCurrent: period === current,
        dueOn: reportDueOn(calendarOf(regionId), period, reportingDay),
      }));
    }),
  );
  return months.flat().filter(({ isCurrent, dueOn }) => isCurrent || today <= dueOn);
}

/** By region of the plan: the tasks under way that name the unit and lack its text of the month. */
const missingBy = (db: Database, unitId: string, period: Period) =>
  db
    .select({ regionId: ledgerPlans.regionId, reportingDay: regions.reportingDay, tasks: count() })
    .from(ledgerTasks)
    .innerJoin(ledgerPlans, eq(ledgerPlans.id, ledgerTasks.planId))
    .innerJoin(regions, eq(regions.id, ledgerPlans.regionId))
    .where(
      and(
        eq(ledgerPlans.state, "active"),
        lte(ledgerPlans.issuedOn, lastDay(period)),
        eq(ledgerTasks.state, "open"),
        concernsUnit(db, (column) => eq(column, unitId)),
        not(
          exists(
            db
              .select({ one: sql`1` })
              .from(ledgerUpdates)
              .where(
                and(
                  eq(ledgerUpdates.taskId, ledgerTasks.id),
                  eq(ledgerUpdates.unitId, unitId),
                  eq(ledgerUpdates.period, period),
                ),
              ),
          ),
        ),
      ),
    )
    .groupBy(ledgerPlans.regionId, regions.reportingDay);
