import { and, eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { monthlyReports, projects } from "@db/schema";
import type { Period } from "~/kernel/period";
import type { Ctx } from "~/platform/transaction.server";
import { visible } from "~/policy";

/** Which report: a project has one of each month. */
export interface ReportPlace {
  readonly projectId: string;
  readonly period: Period;
}

/** A report as a form names it: the version is the one its page showed. */
export interface ReportRef extends ReportPlace {
  readonly version: number;
}

export type Report = typeof monthlyReports.$inferSelect & { readonly projectName: string };

/**
 * The first step of every verb on a report: lock the row, answer 404 outside the actor's sight.
 * @throws DomainError notFound
 */
export async function loadReport(tx: Transaction, ctx: Ctx, ref: ReportPlace): Promise<Report> {
  const [row] = await tx
    .select({ report: monthlyReports, projectName: projects.name })
    .from(monthlyReports)
    .innerJoin(projects, eq(projects.id, monthlyReports.projectId))
    .where(and(eq(monthlyReports.projectId, ref.projectId), eq(monthlyReports.period, ref.period)))
    .for("update", { of: monthlyReports });
  const report = visible(ctx.actor, "report:read", row?.report, "report");
  return { ...report, projectName: row?.projectName ?? "" };
}

/** Where a report is read and worked on. */
export const reportHref = ({ projectId, period }: ReportPlace): string => `/projects/${projectId}/reports/${period}`;
