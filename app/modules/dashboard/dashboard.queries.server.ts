import {
  and,
  asc,
  count,
  desc,
  eq,
  gt,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  ne,
  notInArray,
  or,
  sql,
  type SQL,
} from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";

import type { Database } from "@db/client";
import {
  assessmentPeriods,
  monthlyReports,
  payments,
  projects,
  resources,
  scoreSheets,
  supervisionItems,
  units,
  yearSplits,
} from "@db/schema";
import { fen, ZERO_FEN } from "~/kernel/fen";
import { localDate, type LocalDate } from "~/kernel/local-date";
import { lastDay, yearOf, type Period } from "~/kernel/period";
import type { ProjectStage } from "~/kernel/vocabulary";
import { counted as isCounted } from "~/modules/funding/index.server";
import { STAGES_UNDER_WAY } from "~/modules/projects";
import { itemColour } from "~/modules/supervision/index.server";
import { inScope } from "~/platform/scope.server";
import type { Scope } from "~/policy";

/** Stages in which a project is not counted: never handed in, or ended without being built. */
const NOT_MANAGED = [
  "draft",
  "withdrawn",
  "rejected",
  "terminated",
  "lapsed",
] as const satisfies readonly ProjectStage[];

const ROWS_SHOWN = 10;

const within = (scope: Scope, table: { unitId: AnyPgColumn; regionId: AnyPgColumn }): SQL =>
  inScope(scope, { unitId: table.unitId, regionId: table.regionId });

const counted = (scope: Scope): SQL | undefined =>
  and(within(scope, projects), notInArray(projects.stage, [...NOT_MANAGED]));

/** How many projects stand in each stage, and their money. @unit fen */
export async function projectsByStage(db: Database, scope: Scope) {
  const rows = await db
    .select({
      stage: projects.stage,
      projects: count(),
      declaredFen: sql<string>`coalesce(sum(${projects.declaredFen}), 0)`,
      approvedFen: sql<string>`coalesce(sum(${projects.approvedFen}), 0)`,
    })
    .from(projects)
    .where(counted(scope))
    .groupBy(projects.stage);
  return rows.map(({ declaredFen, approvedFen, ...row }) => ({
    ...row,
    declaredFen: fen(Number(declaredFen)),
    approvedFen: fen(Number(approvedFen)),
  }));
}

/** Payments that finance confirmed, ever. @unit fen */
export async function confirmedPayments(db: Database, scope: Scope, today: LocalDate) {
  const [row] = await db
    .select({ paid: sql<string>`coalesce(sum(${payments.amountFen}), 0)` })
    .from(payments)
    .innerJoin(projects, eq(projects.id, payments.projectId))
    .where(and(counted(scope), isCounted(payments), lte(payments.paidOn, today)));
  return fen(Number(row?.paid ?? 0));
}

/**
 * What was executed of the year's budget by the end of `reported`: the year's share of what was approved (a declared share
 * is reduced as the approval reduced the total), and the confirmed payments of the year on the same projects.
 * @unit fen
 * @source domain.md §5, §9
 */
export async function yearExecution(db: Database, scope: Scope, reported: Period) {
  const until = lastDay(reported);
  const paid = db
    .select({ total: sql<string>`sum(${payments.amountFen})` })
    .from(payments)
    .where(
      and(
        eq(payments.projectId, projects.id),
        isCounted(payments),
        gte(payments.paidOn, localDate(`${yearOf(reported)}-01-01`)),
        lte(payments.paidOn, until),
      ),
    );
  const [row] = await db
    .select({
      budget: sql<string>`coalesce(sum(round(
        ${yearSplits.amountFen}::numeric * ${projects.approvedFen} / nullif(${projects.declaredFen}, 0))), 0)`,
      spent: sql<string>`coalesce(sum((${paid})), 0)`,
    })
    .from(yearSplits)
    .innerJoin(projects, eq(projects.id, yearSplits.projectId))
    .where(
      and(
        counted(scope),
        eq(yearSplits.year, yearOf(reported)),
        gt(yearSplits.amountFen, ZERO_FEN),
        lte(projects.approvedOn, until),
      ),
    );
  return { budgetFen: fen(Number(row?.budget ?? 0)), spentFen: fen(Number(row?.spent ?? 0)) };
}

const underWay = (scope: Scope): SQL | undefined =>
  and(within(scope, projects), inArray(projects.stage, [...STAGES_UNDER_WAY]), isNotNull(projects.lightAsOf));

/** Projects under way by light. */
export async function lights(db: Database, scope: Scope) {
  const rows = await db
    .select({ light: projects.light, projects: count() })
    .from(projects)
    .where(underWay(scope))
    .groupBy(projects.light);
  const of = (light: string) => rows.find((row) => row.light === light)?.projects ?? 0;
  return { green: of("green"), yellow: of("yellow"), red: of("red") };
}

/** The projects whose light is not green, red ones and those furthest behind first. */
export async function litProjects(db: Database, scope: Scope) {
  return db
    .select({
      id: projects.id,
      name: projects.name,
      unitName: units.name,
      light: projects.light,
      plannedPercent: projects.plannedPercent,
      actualPercent: projects.actualPercent,
    })
    .from(projects)
    .innerJoin(units, eq(units.id, projects.unitId))
    .where(and(underWay(scope), ne(projects.light, "green")))
    .orderBy(
      sql`${projects.light} = 'red' desc`,
      desc(sql`coalesce(${projects.plannedPercent}, 0) - coalesce(${projects.actualPercent}, 0)`),
      asc(projects.code),
    );
}

/** How the reports of a month stand today: on time, late, missing, not yet due. @source domain.md §7 */
export async function reportPunctuality(db: Database, scope: Scope, reported: Period, today: LocalDate) {
  const submittedOn = sql`(${monthlyReports.firstSubmittedAt} at time zone 'Asia/Shanghai')::date`;
  const tally = (condition: SQL) => sql<number>`(count(*) filter (where ${condition}))::int`;
  const [row] = await db
    .select({
      due: count(),
      onTime: tally(sql`${submittedOn} <= ${monthlyReports.dueOn}`),
      late: tally(sql`${submittedOn} > ${monthlyReports.dueOn}`),
      missing: tally(sql`${monthlyReports.firstSubmittedAt} is null and ${monthlyReports.dueOn} < ${today}`),
    })
    .from(monthlyReports)
    .where(and(within(scope, monthlyReports), eq(monthlyReports.period, reported)));
  return row ?? { due: 0, onTime: 0, late: 0, missing: 0 };
}

/** Resources that are published, and those that wait for it. */
export async function resourceCounts(db: Database, scope: Scope) {
  const tally = (state: string) => sql<number>`(count(*) filter (where ${resources.state} = ${state}))::int`;
  const [row] = await db
    .select({ published: tally("published"), waiting: tally("registered") })
    .from(resources)
    .where(within(scope, resources));
  return row ?? { published: 0, waiting: 0 };
}

/** Supervised items past their limit, the oldest limit first, and how many there are. */
export async function overdueItems(db: Database, scope: Scope, today: LocalDate) {
  const where = and(
    within(scope, supervisionItems),
    isNull(supervisionItems.closedAt),
    lt(supervisionItems.dueOn, today),
  );
  const colour = await itemColour(db, today);
  const [rows, total] = await Promise.all([
    db
      .select({
        id: supervisionItems.id,
        number: supervisionItems.number,
        title: supervisionItems.title,
        unitName: units.name,
        dueOn: supervisionItems.dueOn,
        colour,
      })
      .from(supervisionItems)
      .innerJoin(units, eq(units.id, supervisionItems.unitId))
      .where(where)
      .orderBy(asc(supervisionItems.dueOn), asc(supervisionItems.number))
      .limit(ROWS_SHOWN),
    db.$count(supervisionItems, where),
  ]);
  return { rows, total };
}

const ENDS_SHOWN = 3;

/** The head and the foot of each group in the last published ranking of a region, with the places of the period before. */
export async function lastRanking(db: Database, regionId: string) {
  const [period] = await db
    .select({ id: assessmentPeriods.id, period: assessmentPeriods.period, cutoffAt: assessmentPeriods.cutoffAt })
    .from(assessmentPeriods)
    .where(and(eq(assessmentPeriods.regionId, regionId), inArray(assessmentPeriods.state, ["published", "final"])))
    .orderBy(desc(assessmentPeriods.period))
    .limit(1);
  if (!period) return null;
  const fromEnd = (direction: SQL) =>
    sql<number>`row_number() over (partition by ${scoreSheets.group} order by ${direction}, ${scoreSheets.unitId})`;
  const ranked = db
    .select({
      unitId: scoreSheets.unitId,
      unitName: scoreSheets.unitName,
      group: scoreSheets.group,
      place: scoreSheets.place,
      previousPlace: scoreSheets.previousPlace,
      total: scoreSheets.total,
      grade: scoreSheets.grade,
      fromTop: fromEnd(sql`${scoreSheets.place}`).as("from_top"),
      fromBottom: fromEnd(sql`${scoreSheets.place} desc`).as("from_bottom"),
    })
    .from(scoreSheets)
    .where(eq(scoreSheets.periodId, period.id))
    .as("ranked");
  const rows = await db
    .select()
    .from(ranked)
    .where(or(lte(ranked.fromTop, ENDS_SHOWN), lte(ranked.fromBottom, ENDS_SHOWN)))
    .orderBy(asc(ranked.group), asc(ranked.fromTop));
  return { ...period, rows };
}
