import { inArray, sql } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { monthlyReports } from "@db/schema";
import { toFixed } from "~/kernel/rational";
import { conflict } from "~/kernel/result";
import { recordAll, type Ctx } from "~/platform/transaction.server";

import { plannedPercentAt, reportDay } from "../plan/plan.rules";
import type { Report } from "./load-report.server";
import { groundOf } from "./report-plan.queries.server";
import { REPORT_EVENT_FACTS, type ReportState } from "./report.lifecycle";
import type { MilestoneClaim, ReportTyping } from "./report.rules";

/** A report that was loaded under lock and decided, with what is to be written into it. */
export interface DecidedReport {
  readonly report: Report;
  readonly event: "save" | "submit";
  /** the state that the event leads to */
  readonly state: ReportState;
  readonly typed: ReportTyping;
  /** what the report says of its milestones; undefined: as it was */
  readonly claims?: readonly MilestoneClaim[];
}

/**
 * Writes what was typed into reports, with the plan's and finance's figures of this moment, and records each: a statement
 * for each kind of fact, however many reports. The reports were locked by whoever decided.
 * @returns the reports as they are now, by id
 */
export async function writeReports(
  tx: Transaction,
  ctx: Ctx,
  decided: readonly DecidedReport[],
): Promise<ReadonlyMap<string, Report>> {
  const groundFor = await groundOf(
    tx,
    decided.map(({ report }) => report),
  );
  const rows = decided.map(({ report, state, typed }) => {
    const { plan, spentFen, spentTotalFen } = groundFor(report);
    const planned = plannedPercentAt(plan.milestones, plan.start, reportDay(report.period, ctx.today));
    return {
      id: report.id,
      was: report.version,
      state,
      ...typed,
      planned: toFixed(planned, 4),
      spentFen,
      spentTotalFen,
    };
  });
  const written = await tx.execute(sql`
    update ${monthlyReports} set
      actual_percent = typed."actualPercent", done_this_month = typed."doneThisMonth", next_month = typed."nextMonth",
      problems = typed.problems, matters_to_settle = typed."mattersToSettle", planned_percent = typed.planned,
      spent_fen = typed."spentFen", spent_total_fen = typed."spentTotalFen", state = typed.state,
      filled_by = ${ctx.actor.userId}, version = typed.was + 1
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as typed(
      id uuid, was int, state text, "actualPercent" numeric, "doneThisMonth" text, "nextMonth" text, problems text,
      "mattersToSettle" text, planned numeric, "spentFen" bigint, "spentTotalFen" bigint)
    where ${monthlyReports.id} = typed.id and ${monthlyReports.version} = typed.was
    returning ${monthlyReports.id}`);
  if (written.length !== rows.length) throw conflict("report");
  const after = new Map(
    (
      await tx
        .select()
        .from(monthlyReports)
        .where(
          inArray(
            monthlyReports.id,
            rows.map(({ id }) => id),
          ),
        )
    ).map((row) => [row.id, row]),
  );
  await recordAll(
    tx,
    ctx,
    decided.map(({ report, event, claims }) => ({
      action: "report:fill" as const,
      event: REPORT_EVENT_FACTS[event],
      object: { type: "report", id: report.id, regionId: report.regionId },
      before: report,
      after: { ...after.get(report.id), ...(claims && { claims }) },
      payload: { projectId: report.projectId, projectName: report.projectName, period: report.period },
    })),
  );
  return new Map(
    decided.flatMap(({ report }): [string, Report][] => {
      const row = after.get(report.id);
      return row ? [[report.id, { ...row, projectName: report.projectName }]] : [];
    }),
  );
}
