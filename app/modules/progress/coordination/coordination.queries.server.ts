import { and, asc, desc, eq, ilike, isNull, lt, or, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { Database } from "@db/client";
import {
  coordinationMatters,
  domainEvents,
  monthlyReports,
  projects,
  supervisionItems,
  units,
  users,
} from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { LocalDate } from "~/kernel/local-date";
import { COORDINATION_STATES, keysOf, type CoordinationState } from "~/kernel/vocabulary";
import { remainingWorkdays } from "~/kernel/work-calendar";
import { isWantedUnit, readWantedUnit } from "~/modules/identity/index.server";
import { loadCalendar, loadCalendars } from "~/platform/calendar.server";
import { contains } from "~/platform/like.server";
import { inScope } from "~/platform/scope.server";
import { visible, type Scope } from "~/policy";

export const COORDINATION_PAGE = 50;

/** What the filter 状态 offers: the states, and two questions across them. */
export const COORDINATION_FILTERS = {
  open: "未解决",
  overdue: "待答复且已超期",
  ...COORDINATION_STATES,
} as const;
type CoordinationFilter = keyof typeof COORDINATION_FILTERS;

/** What the list can be asked; everything is in the address. */
export interface CoordinationQuery {
  /** words of the project's name or of the matter */
  readonly q: string;
  /** a unit's id, or words of its name */
  readonly unit: string | undefined;
  readonly state: CoordinationFilter | undefined;
  readonly page: number;
}

/** Reads the question from an address; what is unknown is ignored, never an error. */
export function readCoordinationQuery(params: URLSearchParams): CoordinationQuery {
  const page = Number(params.get("page"));
  return {
    q: (params.get("q") ?? "").trim().slice(0, 100),
    unit: readWantedUnit(params),
    state: keysOf(COORDINATION_FILTERS).find((state) => state === params.get("state")),
    page: Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1,
  };
}

const within = (scope: Scope): SQL =>
  inScope(scope, { unitId: coordinationMatters.unitId, regionId: coordinationMatters.regionId });

function isIn(state: CoordinationFilter | undefined, today: LocalDate): SQL | undefined {
  switch (state) {
    case undefined:
      return undefined;
    case "open":
      return isNull(coordinationMatters.endedOn);
    case "overdue":
      return and(eq(coordinationMatters.state, "raised"), lt(coordinationMatters.answerDueOn, today));
    default:
      return eq(coordinationMatters.state, state);
  }
}

/** The matters of a scope under a question, those that wait for an answer first and by their due day. */
function rowsOf(db: Database, scope: Scope, { q, unit, state }: CoordinationQuery, today: LocalDate) {
  const words = contains(q);
  return db
    .select({
      id: coordinationMatters.id,
      regionId: coordinationMatters.regionId,
      projectId: coordinationMatters.projectId,
      projectName: projects.name,
      light: projects.light,
      unitName: units.name,
      text: coordinationMatters.text,
      state: coordinationMatters.state,
      raisedOn: coordinationMatters.raisedOn,
      answerDueOn: coordinationMatters.answerDueOn,
      advice: coordinationMatters.advice,
      answer: coordinationMatters.answer,
      endedOn: coordinationMatters.endedOn,
      itemNumber: supervisionItems.number,
      itemId: coordinationMatters.itemId,
      total: sql<number>`(count(*) over ())::int`,
    })
    .from(coordinationMatters)
    .innerJoin(projects, eq(projects.id, coordinationMatters.projectId))
    .innerJoin(units, eq(units.id, coordinationMatters.unitId))
    .leftJoin(supervisionItems, eq(supervisionItems.id, coordinationMatters.itemId))
    .where(
      and(
        within(scope),
        isWantedUnit(coordinationMatters.unitId, unit),
        isIn(state, today),
        q ? or(ilike(projects.name, words), ilike(coordinationMatters.text, words)) : undefined,
      ),
    )
    .orderBy(
      sql`${coordinationMatters.state} <> 'raised'`,
      sql`${coordinationMatters.endedOn} desc nulls first`,
      asc(coordinationMatters.answerDueOn),
      asc(coordinationMatters.id),
    )
    .$dynamic();
}

/** One page of matters with the working days that are left to answer, and how many there are. */
export async function listMatters(db: Database, scope: Scope, query: CoordinationQuery, today: LocalDate) {
  const asked = rowsOf(db, scope, query, today);
  const [calendarOf, page] = await Promise.all([
    loadCalendars(db),
    asked.limit(COORDINATION_PAGE).offset((query.page - 1) * COORDINATION_PAGE),
  ]);
  return {
    total: page[0]?.total ?? 0,
    rows: page.map(({ total: _total, regionId, ...row }) => ({
      ...row,
      remainingWorkdays:
        row.state === "raised" ? remainingWorkdays(calendarOf(regionId), today, row.answerDueOn) : null,
    })),
  };
}

/** Rows of one sheet. */
const MOST_EXPORTED = 10_000;

/** All pages of the list, for a sheet. */
export const mattersToExport = (db: Database, scope: Scope, query: CoordinationQuery, today: LocalDate) =>
  rowsOf(db, scope, query, today).limit(MOST_EXPORTED);

/** How many matters stand how: each figure is the count of the rows that the list shows under the address beside it. */
export async function coordinationFigures(db: Database, scope: Scope, unit: string | undefined, today: LocalDate) {
  const tally = (condition: SQL) => sql<number>`(count(*) filter (where ${condition}))::int`;
  const isState = (state: CoordinationState) => sql`${coordinationMatters.state} = ${state}`;
  const [row] = await db
    .select({
      raised: tally(isState("raised")),
      overdue: tally(sql`${isState("raised")} and ${coordinationMatters.answerDueOn} < ${today}`),
      answered: tally(isState("answered")),
      itemised: tally(isState("itemised")),
    })
    .from(coordinationMatters)
    .where(and(within(scope), isNull(coordinationMatters.endedOn), isWantedUnit(coordinationMatters.unitId, unit)));
  return row ?? { raised: 0, overdue: 0, answered: 0, itemised: 0 };
}

/** The open matters of a scope, those that wait longest first: what the dashboard shows of them, and how many there are. */
export async function openMatters(db: Database, scope: Scope, today: LocalDate, limit: number) {
  const query: CoordinationQuery = { q: "", unit: undefined, state: "open", page: 1 };
  const rows = await rowsOf(db, scope, query, today).limit(limit);
  return { total: rows[0]?.total ?? 0, rows: rows.map(({ total: _total, ...row }) => row) };
}

/** The matters of a project, the newest first, for the pages that lead to them. */
export const mattersOfProject = (db: Database, projectId: string) =>
  db
    .select({
      id: coordinationMatters.id,
      text: coordinationMatters.text,
      state: coordinationMatters.state,
      raisedOn: coordinationMatters.raisedOn,
      answer: coordinationMatters.answer,
      raisedByReportId: coordinationMatters.raisedByReportId,
      lastReportId: coordinationMatters.lastReportId,
    })
    .from(coordinationMatters)
    .where(eq(coordinationMatters.projectId, projectId))
    .orderBy(desc(coordinationMatters.id));

const adviser = alias(users, "adviser");
const answerer = alias(users, "answerer");
const first = alias(monthlyReports, "first_report");
const last = alias(monthlyReports, "last_report");

/**
 * One matter with its project, the reports it came from, its supervised item and its history.
 * @throws DomainError notFound outside the actor's sight
 */
export async function readMatter(db: Database, actor: Actor, id: string, today: LocalDate) {
  const [row] = await db
    .select({
      matter: coordinationMatters,
      project: {
        id: projects.id,
        code: projects.code,
        name: projects.name,
        light: projects.light,
        plannedPercent: projects.plannedPercent,
        actualPercent: projects.actualPercent,
      },
      unitName: units.name,
      adviser: adviser.name,
      answerer: answerer.name,
      firstPeriod: first.period,
      lastPeriod: last.period,
      item: { id: supervisionItems.id, number: supervisionItems.number, state: supervisionItems.state },
      itemDueOn: supervisionItems.dueOn,
    })
    .from(coordinationMatters)
    .innerJoin(projects, eq(projects.id, coordinationMatters.projectId))
    .innerJoin(units, eq(units.id, coordinationMatters.unitId))
    .innerJoin(first, eq(first.id, coordinationMatters.raisedByReportId))
    .innerJoin(last, eq(last.id, coordinationMatters.lastReportId))
    .leftJoin(adviser, sql`${adviser.id}::text = ${coordinationMatters.advisedBy}`)
    .leftJoin(answerer, sql`${answerer.id}::text = ${coordinationMatters.answeredBy}`)
    .leftJoin(supervisionItems, eq(supervisionItems.id, coordinationMatters.itemId))
    .where(eq(coordinationMatters.id, id));
  const matter = visible(actor, "coordination:read", row?.matter, "coordinationMatter");
  if (!row) throw new Error("a matter that is seen was read");
  const [calendar, events] = await Promise.all([
    loadCalendar(db, matter.regionId),
    db
      .select()
      .from(domainEvents)
      .where(and(eq(domainEvents.subjectType, "coordinationMatter"), eq(domainEvents.subjectId, id)))
      .orderBy(desc(domainEvents.at), desc(domainEvents.id)),
  ]);
  return {
    ...row,
    matter,
    events,
    remainingWorkdays: matter.state === "raised" ? remainingWorkdays(calendar, today, matter.answerDueOn) : null,
  };
}
