import { asc, eq, inArray } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { monthlyReports, projects } from "@db/schema";
import { formatPeriod } from "~/kernel/period";
import { accept, notFound, refuse, type Refusal, type Result } from "~/kernel/result";
import { usersWithRole } from "~/modules/identity/index.server";
import { notify } from "~/modules/inbox/index.server";
import type { Ctx } from "~/platform/transaction.server";
import { authorize, visible } from "~/policy";

import { reportHref, type Report } from "../report/load-report.server";
import { decideTyping, type ReportRefusal, type ReportTyping } from "../report/report.rules";
import { writeReports, type DecidedReport } from "../report/write-reports.server";
import { entryHref } from "./entry-address";

/** One report among several, as its row was typed. Its milestones stay as they are. */
export interface TypedReport {
  readonly reportId: string;
  /** the version that the row showed */
  readonly version: number;
  readonly event: "save" | "submit";
  readonly typed: ReportTyping;
}

/** `overtaken`: the report changed after the row was shown */
type RowRefusal = ReportRefusal | "overtaken";

/** What became of each row, by the id of its report. */
export type RowOutcomes = ReadonlyMap<string, Result<{ version: number }, RowRefusal>>;

/**
 * Saves or submits several reports in the transaction it is given: a row that cannot be written is refused for itself, the
 * others are written together, a statement for each kind of fact, and each leader is asked once.
 * @throws DomainError notFound when a report lies outside the actor's sight, forbidden
 * @source domain.md §7
 */
export async function editReports(tx: Transaction, ctx: Ctx, rows: readonly TypedReport[]): Promise<RowOutcomes> {
  const reports = await loadReports(
    tx,
    ctx,
    rows.map(({ reportId }) => reportId),
  );
  const outcomes = new Map<string, Result<{ version: number }, RowRefusal>>();
  const decided: DecidedReport[] = [];
  for (const { reportId, version, event, typed } of rows) {
    const report = reports.get(reportId);
    if (!report) throw notFound("report");
    authorize(ctx.actor, "report:fill", report);
    const refusal: Refusal<RowRefusal> = { code: "overtaken" };
    const decision = report.version === version ? decideTyping(report.state, event, typed) : refuse(refusal);
    if (decision.ok) decided.push({ report, event, state: decision.value, typed });
    else outcomes.set(reportId, decision);
  }
  if (decided.length === 0) return outcomes;
  const written = await writeReports(tx, ctx, decided);
  for (const [id, { version }] of written) outcomes.set(id, accept({ version }));
  await askLeaders(
    tx,
    ctx,
    decided.filter(({ event }) => event === "submit").map(({ report }) => report),
  );
  return outcomes;
}

/** Locks reports in the order of their ids, so that two who save the same ones do not wait for each other in a ring. */
async function loadReports(tx: Transaction, ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, Report>> {
  const found = await tx
    .select({ report: monthlyReports, projectName: projects.name })
    .from(monthlyReports)
    .innerJoin(projects, eq(projects.id, monthlyReports.projectId))
    .where(inArray(monthlyReports.id, [...ids]))
    .orderBy(asc(monthlyReports.id))
    .for("update", { of: monthlyReports });
  return new Map(
    found.map(({ report, projectName }) => {
      visible(ctx.actor, "report:read", report, "report");
      return [report.id, { ...report, projectName }];
    }),
  );
}

/** One message for each unit and month, however many reports wait for its leaders. */
async function askLeaders(tx: Transaction, ctx: Ctx, reports: readonly Report[]): Promise<void> {
  const groups = new Map<string, Report[]>();
  for (const report of reports) {
    const key = `${report.unitId} ${report.period}`;
    groups.set(key, [...(groups.get(key) ?? []), report]);
  }
  for (const group of groups.values()) {
    const [first] = group;
    if (!first) continue;
    const { unitId, regionId, period, projectName } = first;
    const leaders = await usersWithRole(tx, { role: "unitLead", unitId, regionId });
    const what = group.length === 1 ? `月报：${projectName}` : ` ${group.length} 份月报`;
    await notify(tx, ctx, {
      userIds: leaders.map(({ id }) => id),
      title: `请签批${what}（${formatPeriod(period)}）`,
      href: group.length === 1 ? reportHref(first) : entryHref(period),
    });
  }
}
