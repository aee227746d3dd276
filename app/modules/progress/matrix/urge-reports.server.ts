import { and, asc, eq, gte, inArray, lt } from "drizzle-orm";

import { domainEvents, monthlyReports, projects } from "@db/schema";
import { endOfDay, startOfDay } from "~/kernel/local-date";
import { formatPeriod } from "~/kernel/period";
import { accept, notFound, type Result } from "~/kernel/result";
import { usersWithRole } from "~/modules/identity/index.server";
import { notify } from "~/modules/inbox/index.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, visible } from "~/policy";

import { reportHref } from "../report/load-report.server";

/**
 * Urges the units of reports that were not handed in: a message to their fillers and leaders, at most one a day for each
 * report, however often the button is pressed. Reports handed in meanwhile are passed over.
 * @returns how many were urged, and how many of those asked for were not
 * @throws DomainError notFound, forbidden
 * @source domain.md §7
 */
export async function urgeReports(
  ctx: Ctx,
  reportIds: readonly string[],
): Promise<Result<{ urged: number; passed: number }>> {
  return inTransaction(ctx, async (tx) => {
    const wanted = [...new Set(reportIds)];
    const rows = await tx
      .select({ report: monthlyReports, projectName: projects.name })
      .from(monthlyReports)
      .innerJoin(projects, eq(projects.id, monthlyReports.projectId))
      .where(inArray(monthlyReports.id, wanted))
      .orderBy(asc(monthlyReports.id))
      .for("update", { of: monthlyReports });
    if (rows.length < wanted.length) throw notFound("report");
    for (const { report } of rows) {
      visible(ctx.actor, "report:read", report, "report");
      authorize(ctx.actor, "report:urge", report);
    }
    const urgedToday = await tx
      .select({ id: domainEvents.subjectId })
      .from(domainEvents)
      .where(
        and(
          eq(domainEvents.subjectType, "report"),
          eq(domainEvents.type, "reportUrged"),
          inArray(domainEvents.subjectId, wanted),
          gte(domainEvents.at, startOfDay(ctx.today)),
          lt(domainEvents.at, endOfDay(ctx.today)),
        ),
      );
    const already = new Set(urgedToday.map(({ id }) => id));
    const due = rows.filter(({ report }) => report.firstSubmittedAt === null && !already.has(report.id));
    for (const { report, projectName } of due) {
      const { unitId, regionId, period, dueOn } = report;
      const people = await Promise.all(
        (["filer", "unitLead"] as const).map((role) => usersWithRole(tx, { role, unitId, regionId })),
      );
      await notify(tx, ctx, {
        userIds: people.flat().map(({ id }) => id),
        title: `催报：请报送${projectName}${formatPeriod(period)}月报（截止 ${dueOn}${ctx.today > dueOn ? "，已超期" : ""}）`,
        href: reportHref(report),
      });
      await record(tx, ctx, {
        action: "report:urge",
        event: "reportUrged",
        object: { type: "report", id: report.id, regionId },
        payload: { projectId: report.projectId, projectName, period },
      });
    }
    return accept({ urged: due.length, passed: rows.length - due.length });
  });
}
