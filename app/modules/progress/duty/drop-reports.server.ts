import { and, eq, gte, inArray, isNull, notExists, notInArray, sql } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { monthlyReports, monthlyReportVersions, projects } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import { periodOf } from "~/kernel/period";
import { STAGES_UNDER_WAY } from "~/modules/projects";

/**
 * Takes back the duties to report that a project has from the month in which it came to a halt, as long as nothing was
 * written for them: a project that stands still owes nothing. What was owed for earlier months stays owed. When the
 * project was resumed meanwhile nothing is taken back.
 * @returns how many duties were taken back
 * @source domain.md §2, §7
 */
export async function dropReports(db: DatabaseOrTransaction, projectId: string, haltedOn: LocalDate): Promise<number> {
  const halted = db
    .select({ id: projects.id })
    .from(projects)
    .where(and(eq(projects.id, projectId), notInArray(projects.stage, [...STAGES_UNDER_WAY])));
  const written = db
    .select({ one: sql`1` })
    .from(monthlyReportVersions)
    .where(eq(monthlyReportVersions.reportId, monthlyReports.id));
  const dropped = await db
    .delete(monthlyReports)
    .where(
      and(
        inArray(monthlyReports.projectId, halted),
        gte(monthlyReports.period, periodOf(haltedOn)),
        eq(monthlyReports.state, "open"),
        isNull(monthlyReports.firstSubmittedAt),
        notExists(written),
      ),
    )
    .returning({ id: monthlyReports.id });
  return dropped.length;
}
