import { and, asc, count, desc, eq, ilike, inArray, isNotNull, or, sql, type SQL } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";

import type { Database } from "@db/client";
import { acceptanceExtensions, acceptances, projects, units } from "@db/schema";
import { localDateOf, type LocalDate } from "~/kernel/local-date";
import { keysOf, type AcceptanceState, type ExtensionState } from "~/kernel/vocabulary";
import { remainingWorkdays } from "~/kernel/work-calendar";
import { isWantedUnit, readWantedUnit } from "~/modules/identity/index.server";
import { loadCalendars } from "~/platform/calendar.server";
import { loadFigures, type RuleFigures } from "~/platform/figures.server";
import { contains, startsWith } from "~/platform/like.server";
import { inScope } from "~/platform/scope.server";
import type { Scope } from "~/policy";

import { appliedAt, extendedUntil } from "./clock.queries.server";
import {
  applyLimit,
  applyStanding,
  selfEvaluationWindow,
  STAGES_ACCEPTED,
  STAGES_TO_ACCEPT,
  type ApplyState,
  type EvaluationState,
} from "./clock.rules";
import { evaluationFigures } from "./evaluation.queries.server";
import { ACCEPTANCE_TABS, TAB_STATES, type AcceptanceTab } from "./list.words";

const PAGE_SIZE = 50;

/** What the lists can be asked; everything is in the address. */
export interface AcceptanceQuery {
  readonly tab: AcceptanceTab;
  readonly q: string;
  /** one of the tab's states */
  readonly state: string | undefined;
  readonly unit: string | undefined;
  readonly page: number;
}

/** Reads the question from an address; what is unknown is ignored, never an error. */
export function readAcceptanceQuery(params: URLSearchParams): AcceptanceQuery {
  const page = Number(params.get("page"));
  const tab = keysOf(ACCEPTANCE_TABS).find((each) => each === params.get("tab")) ?? "due";
  return {
    tab,
    q: (params.get("q") ?? "").trim().slice(0, 100),
    state: Object.keys(TAB_STATES[tab]).find((state) => state === params.get("state")),
    unit: readWantedUnit(params),
    page: Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1,
  };
}

/** The columns that every list shows of a project. */
const OF_PROJECT = {
  projectId: projects.id,
  projectName: projects.name,
  code: projects.code,
  unitName: units.name,
  stage: projects.stage,
};

/** One page of the wanted list within a scope, what is due first; and how many there are in all. */
export async function listAcceptances(db: Database, scope: Scope, query: AcceptanceQuery, today: LocalDate) {
  const figures = await loadFigures(db, today);
  const common = and(
    inScope(scope, { unitId: projects.unitId, regionId: projects.regionId }),
    isWantedUnit(projects.unitId, query.unit),
    query.q ? or(ilike(projects.name, contains(query.q)), ilike(projects.code, startsWith(query.q))) : undefined,
  );
  const list = { db, figures, today, common, query };
  switch (query.tab) {
    case "due":
      return dueList(list);
    case "applications":
      return applicationList(list);
    case "extensions":
      return extensionList(list);
    case "evaluation":
      return evaluationList(list);
  }
}

interface ListInput {
  readonly db: Database;
  readonly figures: RuleFigures;
  readonly today: LocalDate;
  readonly common: SQL | undefined;
  readonly query: AcceptanceQuery;
}

const offsetOf = ({ page }: AcceptanceQuery): number => (page - 1) * PAGE_SIZE;
const daysAfter = (column: PgColumn, months: number): SQL =>
  sql`(${column} + make_interval(months => ${months}::int))::date`;

/** Projects that are built and not accepted, the least time left first. */
async function dueList({ db, figures, today, common, query }: ListInput) {
  const months = figures.number("acceptance.applyMonths");
  const warnDays = figures.number("acceptance.warnDays");
  // The same limit as clock.rules says: PostgreSQL also takes a month's last day where it has no such day.
  const limit = sql`greatest(${daysAfter(projects.completedOn, months)}, ${extendedUntil})`;
  const applied = sql`${appliedAt} is not null`;
  const STATES: Readonly<Record<ApplyState, SQL>> = {
    applied,
    overdue: sql`not ${applied} and ${limit} < ${today}::date`,
    soon: sql`not ${applied} and ${limit} >= ${today}::date and ${limit} - ${warnDays}::int <= ${today}::date`,
    inTime: sql`not ${applied} and ${limit} - ${warnDays}::int > ${today}::date`,
  };
  const where = and(
    common,
    inArray(projects.stage, [...STAGES_TO_ACCEPT]),
    isNotNull(projects.completedOn),
    query.state ? STATES[query.state as ApplyState] : undefined,
  );
  const [rows, [total]] = await Promise.all([
    db
      .select({ ...OF_PROJECT, completedOn: projects.completedOn, extendedUntil, appliedAt })
      .from(projects)
      .innerJoin(units, eq(units.id, projects.unitId))
      .where(where)
      .orderBy(applied, limit, asc(projects.code))
      .limit(PAGE_SIZE)
      .offset(offsetOf(query)),
    db.select({ n: count() }).from(projects).where(where),
  ]);
  return {
    tab: "due" as const,
    rows: rows.flatMap(({ completedOn, extendedUntil: until, appliedAt: at, ...row }) => {
      if (completedOn === null) return [];
      const clock = { limit: applyLimit(completedOn, months, until), appliedOn: at && localDateOf(at) };
      const standing = applyStanding(clock, today, warnDays);
      return [{ ...row, completedOn, extended: until !== null && until === clock.limit, ...clock, ...standing }];
    }),
    total: total?.n ?? 0,
    pageSize: PAGE_SIZE,
  };
}

/** Applications: those before the bureau first, by their limit. */
async function applicationList({ db, today, common, query }: ListInput) {
  const state = query.state as AcceptanceState | undefined;
  const where = and(
    common,
    state ? eq(acceptances.state, state) : inArray(acceptances.state, ["draft", "signing", "open", "returned"]),
  );
  const [calendarOf, rows, [total]] = await Promise.all([
    loadCalendars(db),
    db
      .select({
        ...OF_PROJECT,
        id: acceptances.id,
        regionId: projects.regionId,
        kind: acceptances.kind,
        number: acceptances.number,
        state: acceptances.state,
        submittedAt: acceptances.submittedAt,
        dueOn: acceptances.dueOn,
      })
      .from(acceptances)
      .innerJoin(projects, eq(projects.id, acceptances.projectId))
      .innerJoin(units, eq(units.id, projects.unitId))
      .where(where)
      .orderBy(
        sql`${acceptances.state} <> 'open'`,
        sql`${acceptances.dueOn} nulls last`,
        desc(acceptances.draftedAt),
        asc(acceptances.id),
      )
      .limit(PAGE_SIZE)
      .offset(offsetOf(query)),
    db
      .select({ n: count() })
      .from(acceptances)
      .innerJoin(projects, eq(projects.id, acceptances.projectId))
      .where(where),
  ]);
  return {
    tab: "applications" as const,
    rows: rows.map(({ regionId, ...row }) => ({
      ...row,
      remaining: row.state === "open" && row.dueOn ? remainingWorkdays(calendarOf(regionId), today, row.dueOn) : null,
    })),
    total: total?.n ?? 0,
    pageSize: PAGE_SIZE,
  };
}

/** Requests for a later limit: what waits first, then the latest. */
async function extensionList({ db, common, query }: ListInput) {
  const state = query.state as ExtensionState | undefined;
  const where = and(common, state && eq(acceptanceExtensions.state, state));
  const [rows, [total]] = await Promise.all([
    db
      .select({
        ...OF_PROJECT,
        id: acceptanceExtensions.id,
        number: acceptanceExtensions.number,
        state: acceptanceExtensions.state,
        fromOn: acceptanceExtensions.fromOn,
        untilOn: acceptanceExtensions.untilOn,
        requestedAt: acceptanceExtensions.requestedAt,
      })
      .from(acceptanceExtensions)
      .innerJoin(projects, eq(projects.id, acceptanceExtensions.projectId))
      .innerJoin(units, eq(units.id, projects.unitId))
      .where(where)
      .orderBy(
        sql`${acceptanceExtensions.state} not in ('signing', 'open')`,
        desc(acceptanceExtensions.requestedAt),
        asc(acceptanceExtensions.id),
      )
      .limit(PAGE_SIZE)
      .offset(offsetOf(query)),
    db
      .select({ n: count() })
      .from(acceptanceExtensions)
      .innerJoin(projects, eq(projects.id, acceptanceExtensions.projectId))
      .where(where),
  ]);
  return { tab: "extensions" as const, rows, total: total?.n ?? 0, pageSize: PAGE_SIZE };
}

/** Accepted projects with the window of their self-evaluation, the earliest accepted first. */
async function evaluationList({ db, figures, today, common, query }: ListInput) {
  const limits = evaluationFigures(figures);
  const done = inArray(projects.stage, ["evaluated", "archived"]);
  const reached = (months: number): SQL => sql`${daysAfter(projects.acceptedOn, months)} <= ${today}::date`;
  const between = (from: number, to: number): SQL => sql`not ${done} and ${reached(from)} and not ${reached(to)}`;
  const { openMonths, warnMonths, dueMonths } = limits;
  const STATES: Readonly<Record<EvaluationState, SQL>> = {
    done,
    notYet: sql`not ${done} and not ${reached(openMonths)}`,
    open: between(openMonths, warnMonths),
    late: between(warnMonths, dueMonths),
    missed: sql`not ${done} and ${reached(dueMonths)}`,
  };
  const where = and(
    common,
    inArray(projects.stage, [...STAGES_ACCEPTED]),
    isNotNull(projects.acceptedOn),
    query.state ? STATES[query.state as EvaluationState] : undefined,
  );
  const [rows, [total]] = await Promise.all([
    db
      .select({ ...OF_PROJECT, acceptedOn: projects.acceptedOn })
      .from(projects)
      .innerJoin(units, eq(units.id, projects.unitId))
      .where(where)
      .orderBy(done, asc(projects.acceptedOn), asc(projects.code))
      .limit(PAGE_SIZE)
      .offset(offsetOf(query)),
    db.select({ n: count() }).from(projects).where(where),
  ]);
  return {
    tab: "evaluation" as const,
    rows: rows.flatMap(({ acceptedOn, ...row }) => {
      if (acceptedOn === null) return [];
      const evaluated = row.stage === "evaluated" || row.stage === "archived" ? today : null;
      return [{ ...row, acceptedOn, ...selfEvaluationWindow(acceptedOn, today, limits, evaluated) }];
    }),
    total: total?.n ?? 0,
    pageSize: PAGE_SIZE,
  };
}
