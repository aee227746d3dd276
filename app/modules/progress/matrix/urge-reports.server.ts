import { and, asc, eq, gte, inArray, lt } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { domainEvents, monthlyReports, projects, units } from "@db/schema";
import { endOfDay, startOfDay, type LocalDate } from "~/kernel/local-date";
import { formatPeriod } from "~/kernel/period";
import { accept, notFound, type Result } from "~/kernel/result";
import { peopleOfUnits } from "~/modules/identity/index.server";
import { announceAll, type Announcement } from "~/modules/inbox/index.server";
import { inTransaction, recordAll, type Ctx } from "~/platform/transaction.server";
import { authorize, visible } from "~/policy";

import { namesOf, reportsHref } from "../duty/reminder.rules";
import { reportHref } from "../report/load-report.server";

/**
 * Urges the units of reports that were not handed in: one message to each unit's fillers and leaders, to its groups and
 * to the region's, at most one a day for each report, however often the button is pressed. Reports handed in meanwhile
 * are passed over. The number of statements does not grow with that of the reports.
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
    const reports = await heldReports(tx, wanted);
    if (reports.length < wanted.length) throw notFound("report");
    for (const report of reports) {
      visible(ctx.actor, "report:read", report, "report");
      authorize(ctx.actor, "report:urge", report);
    }
    const already = await urgedOn(tx, wanted, ctx.today);
    const due = reports.filter(({ id, firstSubmittedAt }) => firstSubmittedAt === null && !already.has(id));
    await announceAll(tx, ctx, await urgings(tx, due, ctx.today));
    await recordAll(
      tx,
      ctx,
      due.map(({ id, regionId, projectId, projectName, period }) => ({
        action: "report:urge",
        event: "reportUrged",
        object: { type: "report", id, regionId },
        payload: { projectId, projectName, period },
      })),
    );
    return accept({ urged: due.length, passed: reports.length - due.length });
  });
}

async function heldReports(tx: Transaction, ids: readonly string[]) {
  const rows = await tx
    .select({ report: monthlyReports, projectName: projects.name, unitName: units.name })
    .from(monthlyReports)
    .innerJoin(projects, eq(projects.id, monthlyReports.projectId))
    .innerJoin(units, eq(units.id, monthlyReports.unitId))
    .where(inArray(monthlyReports.id, [...ids]))
    .orderBy(asc(monthlyReports.id))
    .for("update", { of: monthlyReports });
  return rows.map(({ report, ...names }) => ({
    ...report,
    ...names,
    awaitsSignature: report.state === "awaitingSignature",
  }));
}

type UrgedReport = Awaited<ReturnType<typeof heldReports>>[number];

/** Which of the reports were urged on a day. */
async function urgedOn(tx: Transaction, ids: readonly string[], day: LocalDate): Promise<ReadonlySet<string>> {
  const rows = await tx
    .select({ id: domainEvents.subjectId })
    .from(domainEvents)
    .where(
      and(
        eq(domainEvents.subjectType, "report"),
        eq(domainEvents.type, "reportUrged"),
        inArray(domainEvents.subjectId, [...ids]),
        gte(domainEvents.at, startOfDay(day)),
        lt(domainEvents.at, endOfDay(day)),
      ),
    );
  return new Set(rows.map(({ id }) => id));
}

/** One message to each unit, and what the region's groups are told of it. */
async function urgings(tx: Transaction, due: readonly UrgedReport[], today: LocalDate): Promise<Announcement[]> {
  const unitIds = [...new Set(due.map(({ unitId }) => unitId))];
  const people = await peopleOfUnits(tx, { unitIds, roles: ["filer", "unitLead"] });
  return unitIds.flatMap((unitId): Announcement[] => {
    const reports = due.filter((report) => report.unitId === unitId);
    const [first] = reports;
    if (!first) return [];
    const what = urgingWords(reports, today);
    const shared = {
      href: reports.length === 1 ? reportHref(first) : reportsHref(reports),
      // A report is urged once a day: no two messages bear the same name.
      occasion: `report-urged ${today} ${first.id}`,
      unitId,
    };
    const userIds = people.filter((person) => person.unitId === unitId).map(({ id }) => id);
    return [
      { ...shared, userIds, title: `催报：请报送${what}`, channels: ["mail", "unitRobots"] },
      { ...shared, userIds: [], title: `已催报${first.unitName}：${what}`, channels: ["regionRobots"] },
    ];
  });
}

/** Which reports are missing, and since when. */
function urgingWords(reports: readonly UrgedReport[], today: LocalDate): string {
  const [first] = reports;
  if (first && reports.length === 1) {
    const { projectName, period, dueOn } = first;
    return `${projectName}${formatPeriod(period)}月报（截止 ${dueOn}${today > dueOn ? "，已超期" : ""}）`;
  }
  const late = reports.filter(({ dueOn }) => today > dueOn).length;
  return `月报 ${reports.length} 份${late > 0 ? `（其中 ${late} 份已超期）` : ""}：${namesOf(reports)}`;
}
