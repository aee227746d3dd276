import { and, eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { monthlyReports, projects } from "@db/schema";
import type { Period } from "~/kernel/period";
import { conflict } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";
import { authorize, visible, type Action } from "~/policy";

/** A report as a form names it: the version is the one its page showed. */
export interface ReportRef {
  readonly projectId: string;
  readonly period: Period;
  readonly version: number;
}

type Report = typeof monthlyReports.$inferSelect & { readonly projectName: string };

/**
 * The first steps of every verb on a report: lock the row, answer 404 outside the actor's sight, 403 without the
 * permission, 409 when it changed after the page was opened.
 * @throws DomainError notFound, forbidden, conflict
 */
export async function loadReport(tx: Transaction, ctx: Ctx, ref: ReportRef, action: Action): Promise<Report> {
  const [row] = await tx
    .select({ report: monthlyReports, projectName: projects.name })
    .from(monthlyReports)
    .innerJoin(projects, eq(projects.id, monthlyReports.projectId))
    .where(and(eq(monthlyReports.projectId, ref.projectId), eq(monthlyReports.period, ref.period)))
    .for("update", { of: monthlyReports });
  const report = visible(ctx.actor, "report:read", row?.report, "report");
  authorize(ctx.actor, action, report);
  if (report.version !== ref.version) throw conflict("report");
  return { ...report, projectName: row?.projectName ?? "" };
}
