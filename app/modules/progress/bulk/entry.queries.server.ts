import { and, asc, count, eq, inArray, or } from "drizzle-orm";

import type { Database } from "@db/client";
import { monthlyReports, projects, users } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { fingerprints } from "~/kernel/form-conflict";
import { type LocalDate, localDateOf } from "~/kernel/local-date";
import { addPeriods, isPeriod, lastDay, periodOf, type Period } from "~/kernel/period";
import { inScope } from "~/platform/scope.server";
import { can, scopeFor } from "~/policy";

import { reportStatus } from "../progress.rules";
import { draftsOf } from "../report/report-plan.queries.server";
import { reportSense, trimZeros } from "../report/report-values";
import type { EntryRow } from "./entry.types";

/** Reports on one page of the grid: what one form can carry. */
export const ENTRY_PAGE = 100;

interface EntryQuery {
  readonly period: Period;
  readonly page: number;
}

/** Reads the question from an address; by default the last month that has ended. */
export function readEntryQuery(params: URLSearchParams, today: LocalDate): EntryQuery {
  const period = params.get("period") ?? "";
  const page = Number(params.get("page"));
  return {
    period: isPeriod(period) ? period : addPeriods(periodOf(today), -1),
    page: Number.isInteger(page) && page > 0 && page < 10_000 ? page : 1,
  };
}

/**
 * The reports of a month that the actor has to fill in or to sign, with their drafts: a query for each kind of fact,
 * however many reports.
 */
export async function readEntry(db: Database, actor: Actor, { period, page }: EntryQuery, today: LocalDate) {
  const place = { unitId: monthlyReports.unitId, regionId: monthlyReports.regionId };
  const [fills, signs] = [
    inScope(scopeFor(actor, "report:fill"), place),
    inScope(scopeFor(actor, "report:sign"), place),
  ];
  const ofMonth = and(eq(monthlyReports.period, period), or(fills, signs));
  const waiting = and(
    ofMonth,
    or(
      and(fills, inArray(monthlyReports.state, ["open", "draft", "awaitingSignature"])),
      eq(monthlyReports.state, "awaitingSignature"),
    ),
  );
  const [found, states] = await Promise.all([
    db
      .select({
        report: monthlyReports,
        projectCode: projects.code,
        projectName: projects.name,
        filler: users.name,
      })
      .from(monthlyReports)
      .innerJoin(projects, eq(projects.id, monthlyReports.projectId))
      .leftJoin(users, eq(users.id, monthlyReports.filledBy))
      .where(waiting)
      .orderBy(asc(projects.code), asc(monthlyReports.id))
      .limit(ENTRY_PAGE)
      .offset((page - 1) * ENTRY_PAGE),
    db
      .select({ state: monthlyReports.state, n: count() })
      .from(monthlyReports)
      .where(ofMonth)
      .groupBy(monthlyReports.state),
  ]);
  const counts = { open: 0, draft: 0, awaitingSignature: 0, signed: 0 };
  for (const { state, n } of states) counts[state] = n;
  const total = await db.$count(monthlyReports, waiting);
  if (found.length === 0) return { rows: [], total, counts };
  const draftFor = await draftsOf(
    db,
    scopeFor(actor, "system:read"),
    found.map(({ report }) => report),
    today,
  );
  const sense = reportSense({});
  const rows = found.map(({ report, ...names }): EntryRow => {
    const { draft, plan } = draftFor(report);
    const content = report.state === "open" ? draft : report;
    const { doneThisMonth, nextMonth, problems, mattersToSettle } = content;
    const actualPercent = trimZeros(content.actualPercent ?? "0");
    const values = { actualPercent, doneThisMonth, nextMonth, problems, mattersToSettle };
    const { id, projectId, period: month, state, version, dueOn, firstSubmittedAt } = report;
    return {
      ...{ id, projectId, period: month, state, version, dueOn, values },
      ...names,
      opened: fingerprints(values, sense),
      plannedPercent: report.plannedPercent ?? draft.plannedPercent,
      status: reportStatus({ dueOn, submittedOn: firstSubmittedAt && localDateOf(firstSubmittedAt), today }),
      dueMilestones: plan.milestones.filter(
        ({ plannedOn, completedOn }) => completedOn === null && plannedOn <= lastDay(period),
      ).length,
      mayFill: can(actor, "report:fill", report) && (state === "open" || state === "draft"),
      maySign: can(actor, "report:sign", report) && state === "awaitingSignature",
    };
  });
  return { rows, total, counts };
}
