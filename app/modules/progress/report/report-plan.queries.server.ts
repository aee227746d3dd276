import { and, asc, desc, eq, inArray, lt, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { DatabaseOrTransaction } from "@db/client";
import { milestones, monthlyReports, payments, projects } from "@db/schema";
import { fen, type Fen } from "~/kernel/fen";
import type { LocalDate } from "~/kernel/local-date";
import { firstDay, lastDay, type Period } from "~/kernel/period";
import { counted } from "~/modules/funding/index.server";
import { projectCloudSteps } from "~/modules/systems/index.server";
import type { Scope } from "~/policy";

import { byProject } from "../by-project";
import { prefillReport, type CloudProgress, type ReportDraft, type ReportText } from "../progress.rules";

type MonthlyReport = typeof monthlyReports.$inferSelect;

/** The plan of a project: where its course begins, and its milestones in their order. */
interface ProjectPlan {
  readonly start: LocalDate;
  readonly milestones: readonly (typeof milestones.$inferSelect)[];
}

/** What finance confirmed as paid: in the month of a report, and in all up to its end. @unit fen */
interface ConfirmedPayments {
  readonly spentFen: Fen;
  readonly spentTotalFen: Fen;
}

/** What stands fixed under a report: nobody types it. */
interface ReportGround extends ConfirmedPayments {
  readonly plan: ProjectPlan;
}

/** The plan and finance's figures of reports, a query for each kind of fact, however many reports. @source domain.md §7 */
export async function groundOf(
  db: DatabaseOrTransaction,
  reports: readonly Pick<MonthlyReport, "id" | "projectId">[],
): Promise<(report: Pick<MonthlyReport, "id" | "projectId">) => ReportGround> {
  const projectIds = [...new Set(reports.map(({ projectId }) => projectId))];
  const [starts, points, paid] = await Promise.all([
    db
      .select({ id: projects.id, plannedStartOn: projects.plannedStartOn, startedOn: projects.startedOn })
      .from(projects)
      .where(inArray(projects.id, projectIds)),
    db.select().from(milestones).where(inArray(milestones.projectId, projectIds)).orderBy(asc(milestones.position)),
    paymentsOf(
      db,
      reports.map(({ id }) => id),
    ),
  ]);
  const startOf = new Map(starts.map(({ id, plannedStartOn, startedOn }) => [id, plannedStartOn ?? startedOn]));
  const pointsOf = byProject(points);
  return ({ id, projectId }) => {
    const start = startOf.get(projectId);
    if (!start) throw new Error(`a report of project ${projectId}, which was never begun`);
    const money = paid.get(id) ?? { spentFen: fen(0), spentTotalFen: fen(0) };
    return { plan: { start, milestones: pointsOf.get(projectId) ?? [] }, ...money };
  };
}

async function paymentsOf(
  db: DatabaseOrTransaction,
  reportIds: readonly string[],
): Promise<ReadonlyMap<string, ConfirmedPayments>> {
  const begins = sql`(${monthlyReports.period} || '-01')::date`;
  const rows = await db
    .select({
      id: monthlyReports.id,
      month: sql<string>`coalesce(sum(${payments.amountFen}) filter (where ${payments.paidOn} >= ${begins}), 0)`,
      total: sql<string>`coalesce(sum(${payments.amountFen}), 0)`,
    })
    .from(monthlyReports)
    .innerJoin(
      payments,
      and(
        eq(payments.projectId, monthlyReports.projectId),
        counted(payments),
        lt(payments.paidOn, sql`(${begins} + interval '1 month')::date`),
      ),
    )
    .where(inArray(monthlyReports.id, [...reportIds]))
    .groupBy(monthlyReports.id);
  return new Map(
    rows.map(({ id, month, total }) => [id, { spentFen: fen(Number(month)), spentTotalFen: fen(Number(total)) }]),
  );
}

/** Where a report's draft comes from. */
interface DraftedReport {
  readonly draft: ReportDraft;
  readonly plan: ProjectPlan;
  readonly cloudSteps: readonly CloudProgress[];
  /** the month of the report that it continues */
  readonly continues: Period | null;
}

/**
 * The drafts of reports before anybody wrote: from the last signed month, the plan, finance and the register of systems.
 * A query for each kind of fact, however many reports.
 * @param scope of the reader, before whom secret systems are numbers
 * @source domain.md §7
 */
export async function draftsOf(
  db: DatabaseOrTransaction,
  scope: Scope,
  reports: readonly MonthlyReport[],
  today: LocalDate,
): Promise<(report: MonthlyReport) => DraftedReport> {
  const periods = reports.map(({ period }) => period).sort();
  const [first, last] = [periods.at(0), periods.at(-1)];
  if (first === undefined || last === undefined) throw new RangeError("no report to draft");
  const projectIds = reports.map(({ projectId }) => projectId);
  const [groundFor, before, steps] = await Promise.all([
    groundOf(db, reports),
    lastReportsBefore(db, reports),
    projectCloudSteps(db, scope, projectIds, { from: firstDay(first), to: lastDay(last) }),
  ]);
  return (report) => {
    const { plan, ...money } = groundFor(report);
    const { period, projectId } = report;
    const cloudSteps = steps.filter(
      (step) =>
        step.projectId === projectId && step.completedOn >= firstDay(period) && step.completedOn <= lastDay(period),
    );
    const previous = before.get(report.id);
    const draft = prefillReport(previous?.text ?? null, { period, ...plan }, money, today, cloudSteps);
    return { draft, plan, cloudSteps, continues: previous?.period ?? null };
  };
}

const previous = alias(monthlyReports, "previous_reports");

/** Of each report the last signed one of its project before it. */
async function lastReportsBefore(
  db: DatabaseOrTransaction,
  reports: readonly Pick<MonthlyReport, "id">[],
): Promise<ReadonlyMap<string, { readonly period: Period; readonly text: ReportText }>> {
  const rows = await db
    .selectDistinctOn([monthlyReports.id], {
      id: monthlyReports.id,
      period: previous.period,
      actualPercent: previous.actualPercent,
      doneThisMonth: previous.doneThisMonth,
      nextMonth: previous.nextMonth,
      problems: previous.problems,
      mattersToSettle: previous.mattersToSettle,
    })
    .from(monthlyReports)
    .innerJoin(
      previous,
      and(
        eq(previous.projectId, monthlyReports.projectId),
        lt(previous.period, monthlyReports.period),
        eq(previous.state, "signed"),
      ),
    )
    .where(
      inArray(
        monthlyReports.id,
        reports.map(({ id }) => id),
      ),
    )
    .orderBy(asc(monthlyReports.id), desc(previous.period));
  return new Map(
    rows.map(({ id, period, ...text }) => [
      id,
      { period, text: { ...text, actualPercent: text.actualPercent ?? "0" } },
    ]),
  );
}
