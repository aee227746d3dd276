import { and, asc, eq, sql } from "drizzle-orm";

import type { Database, DatabaseOrTransaction } from "@db/client";
import { budgetLines, projects, reviews, units, users } from "@db/schema";
import { fen, type Fen } from "~/kernel/fen";
import type { Actor } from "~/kernel/actor";
import type { LocalDate } from "~/kernel/local-date";
import { workdaysBetween } from "~/kernel/work-calendar";
import { readGate } from "~/modules/compliance/index.server";
import { latestFundingTurn, readProject } from "~/modules/projects/index.server";
import { loadCalendar, loadCalendars } from "~/platform/calendar.server";
import { loadFigures } from "~/platform/figures.server";
import { inScope } from "~/platform/scope.server";
import { authorize, can, scopeFor, type Scope } from "~/policy";

import { mayComparePrices, priceFigures, similarPrices } from "./price/price.queries.server";

/** Sums come as text because a bigint does; they are amounts like all others. @unit fen */
const total = (text: string | null): Fen => fen(Number(text ?? 0));

/**
 * Projects under funding review within a scope, what is due first on top; each with its lines' totals so far.
 * @unit remaining in workdays
 */
export async function underFundingReview(db: Database, scope: Scope, today: LocalDate) {
  const calendarOf = await loadCalendars(db);
  const rows = await db
    .select({
      id: projects.id,
      regionId: projects.regionId,
      code: projects.code,
      name: projects.name,
      unitName: units.name,
      dueOn: projects.dueOn,
      declared: sql<string | null>`sum(${budgetLines.declaredFen})`,
      reviewed: sql<string | null>`sum(${budgetLines.reviewedFen})`,
      cut: sql<string | null>`sum(${budgetLines.declaredFen} - ${budgetLines.reviewedFen})`,
      openLines: sql<number>`(count(${budgetLines.id}) - count(${budgetLines.reviewedFen}))::int`,
      concluded: sql<boolean>`not exists (select 1 from ${reviews} where ${reviews.projectId} = ${projects.id}
        and ${reviews.kind} = 'funding' and ${reviews.closedAt} is null)`,
    })
    .from(projects)
    .innerJoin(units, eq(units.id, projects.unitId))
    .leftJoin(budgetLines, eq(budgetLines.projectId, projects.id))
    .where(
      and(
        eq(projects.stage, "underFundingReview"),
        inScope(scope, { unitId: projects.unitId, regionId: projects.regionId }),
      ),
    )
    .groupBy(projects.id, units.name)
    .orderBy(sql`${projects.dueOn} asc nulls last`, asc(projects.code));
  return rows.map(({ regionId, declared, reviewed, cut, ...row }) => ({
    ...row,
    remainingWorkdays: row.dueOn && workdaysBetween(calendarOf(regionId), today, row.dueOn),
    declaredFen: total(declared),
    reviewedFen: total(reviewed),
    cutFen: total(cut),
  }));
}

/**
 * The funding review of one project: its lines with what similar lines cost, its turn with what is left of the limit, and
 * its unit's sharing gate. Who sees no other unit's prices gets no comparison.
 * @unit remaining in workdays
 * @throws DomainError notFound, forbidden
 */
export async function readFundingReview(db: Database, actor: Actor, projectId: string, today: LocalDate) {
  const project = await readProject(db, actor, projectId);
  authorize(actor, "funding:read", project);
  const figures = priceFigures(await loadFigures(db, today));
  const [lines, turn, gate, calendar, [unit], prices] = await Promise.all([
    reviewedLines(db, projectId),
    latestFundingTurn(db, projectId),
    readGate(db, project.unitId, today),
    loadCalendar(db, project.regionId),
    db.select({ name: units.name }).from(units).where(eq(units.id, project.unitId)),
    mayComparePrices(actor, project)
      ? similarPrices(db, { projectId, scope: scopeFor(actor, "funding:read"), figures, today })
      : null,
  ]);
  const open = project.stage === "underFundingReview" && turn?.closedAt === null;
  return {
    project,
    unitName: unit?.name ?? "",
    lines,
    prices: prices && { ...figures, of: Object.fromEntries(prices) },
    gate,
    open,
    concluded: turn?.outcome === "approved",
    closedAt: turn?.closedAt ?? null,
    opinion: turn?.opinion ?? null,
    concluderId: turn?.reviewerId ?? null,
    mayReview: open && can(actor, "funding:review", project),
    remainingWorkdays: open ? workdaysBetween(calendar, today, turn.dueOn) : null,
  };
}

/** The lines of a project in their order, as the review shows them. */
async function reviewedLines(db: DatabaseOrTransaction, projectId: string) {
  return db
    .select({
      id: budgetLines.id,
      category: budgetLines.category,
      name: budgetLines.name,
      quantity: budgetLines.quantity,
      measureUnit: budgetLines.measureUnit,
      unitPriceFen: budgetLines.unitPriceFen,
      declaredFen: budgetLines.declaredFen,
      reviewedFen: budgetLines.reviewedFen,
      cutReason: budgetLines.cutReason,
      reviewedBy: budgetLines.reviewedBy,
      reviewerName: users.name,
    })
    .from(budgetLines)
    .leftJoin(users, eq(users.id, budgetLines.reviewedBy))
    .where(eq(budgetLines.projectId, projectId))
    .orderBy(asc(budgetLines.position));
}
