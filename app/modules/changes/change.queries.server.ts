import { and, asc, count, desc, eq, ilike, or, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { Database } from "@db/client";
import { domainEvents, files, projectChanges, projects, units, users } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { LocalDate } from "~/kernel/local-date";
import { notFound } from "~/kernel/result";
import { CHANGE_ROUTES, CHANGE_STATES, keysOf, type ChangeRoute, type ChangeState } from "~/kernel/vocabulary";
import { remainingWorkdays } from "~/kernel/work-calendar";
import { isWantedUnit, readWantedUnit } from "~/modules/identity/index.server";
import { readProject } from "~/modules/projects/index.server";
import { loadCalendar, loadCalendars } from "~/platform/calendar.server";
import { loadFigures } from "~/platform/figures.server";
import { openFile } from "~/platform/files.server";
import { contains, startsWith } from "~/platform/like.server";
import { inScope } from "~/platform/scope.server";
import { visible, type Scope } from "~/policy";

import { isChangeable, type ChangeChecks } from "./change.rules";
import { checksOf, openChangeOf } from "./load-change.server";

const PAGE_SIZE = 50;

/** What the list can be asked; everything is in the address. */
export interface ChangeQuery {
  readonly q: string;
  readonly state: ChangeState | undefined;
  readonly route: ChangeRoute | undefined;
  readonly unit: string | undefined;
  readonly page: number;
}

/** Reads the question from an address; what is unknown is ignored, never an error. */
export function readChangeQuery(params: URLSearchParams): ChangeQuery {
  const page = Number(params.get("page"));
  return {
    q: (params.get("q") ?? "").trim().slice(0, 100),
    state: keysOf(CHANGE_STATES).find((state) => state === params.get("state")),
    route: keysOf(CHANGE_ROUTES).find((route) => route === params.get("route")),
    unit: readWantedUnit(params),
    page: Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1,
  };
}

/** One page of changes within a scope, what waits first, then the latest; and how many there are in all. */
export async function listChanges(db: Database, scope: Scope, query: ChangeQuery, today: LocalDate) {
  const conditions: (SQL | undefined)[] = [
    inScope(scope, { unitId: projects.unitId, regionId: projects.regionId }),
    query.state && eq(projectChanges.state, query.state),
    query.route && eq(projectChanges.route, query.route),
    isWantedUnit(projects.unitId, query.unit),
    query.q ? or(ilike(projects.name, contains(query.q)), ilike(projects.code, startsWith(query.q))) : undefined,
  ];
  const where = and(...conditions);
  const [calendarOf, rows, [total]] = await Promise.all([
    loadCalendars(db),
    db
      .select({
        id: projectChanges.id,
        regionId: projects.regionId,
        number: projectChanges.number,
        projectId: projects.id,
        projectName: projects.name,
        unitName: units.name,
        reasonKind: projectChanges.reasonKind,
        movedFen: projectChanges.movedFen,
        estimateFen: projectChanges.estimateFen,
        newEstimateFen: projectChanges.newEstimateFen,
        route: projectChanges.route,
        mustBeReported: projectChanges.mustBeReported,
        state: projectChanges.state,
        dueOn: projectChanges.dueOn,
        requestedAt: projectChanges.requestedAt,
      })
      .from(projectChanges)
      .innerJoin(projects, eq(projects.id, projectChanges.projectId))
      .innerJoin(units, eq(units.id, projects.unitId))
      .where(where)
      .orderBy(
        sql`${projectChanges.state} <> 'open'`,
        asc(sql`case when ${projectChanges.state} = 'open' then ${projectChanges.dueOn} end`),
        desc(projectChanges.requestedAt),
        asc(projectChanges.id),
      )
      .limit(PAGE_SIZE)
      .offset((query.page - 1) * PAGE_SIZE),
    db
      .select({ n: count() })
      .from(projectChanges)
      .innerJoin(projects, eq(projects.id, projectChanges.projectId))
      .where(where),
  ]);
  return {
    rows: rows.map(({ regionId, ...row }) => ({
      ...row,
      remainingWorkdays:
        row.state === "open" && row.dueOn ? remainingWorkdays(calendarOf(regionId), today, row.dueOn) : null,
    })),
    total: total?.n ?? 0,
    pageSize: PAGE_SIZE,
  };
}

const signers = alias(users, "signers");
const deciders = alias(users, "deciders");

/**
 * One change with its project, its document, the people who had a hand in it and its history. While it is a draft its
 * checks are today's; once it was submitted they are those that were stored.
 * @throws DomainError notFound outside the actor's sight
 */
export async function readChange(db: Database, actor: Actor, id: string, today: LocalDate) {
  const [row] = await db
    .select({
      change: projectChanges,
      project: projects,
      unitName: units.name,
      fileName: files.name,
      requesterName: users.name,
      signerName: signers.name,
      deciderName: deciders.name,
    })
    .from(projectChanges)
    .innerJoin(projects, eq(projects.id, projectChanges.projectId))
    .innerJoin(units, eq(units.id, projects.unitId))
    .leftJoin(files, eq(files.id, projectChanges.fileId))
    .leftJoin(users, eq(users.id, projectChanges.requestedBy))
    .leftJoin(signers, eq(signers.id, projectChanges.signedBy))
    .leftJoin(deciders, eq(deciders.id, projectChanges.decidedBy))
    .where(eq(projectChanges.id, id));
  if (!row) throw notFound("change");
  const { change, project } = row;
  visible(actor, "project:read", project, "change");
  const [figures, calendar, events] = await Promise.all([
    loadFigures(db, today),
    loadCalendar(db, project.regionId),
    db
      .select({
        id: domainEvents.id,
        type: domainEvents.type,
        at: domainEvents.at,
        actorName: domainEvents.actorName,
        unitName: domainEvents.unitName,
        reason: domainEvents.reason,
      })
      .from(domainEvents)
      .where(and(eq(domainEvents.subjectType, "change"), eq(domainEvents.subjectId, id)))
      .orderBy(desc(domainEvents.at), desc(domainEvents.id)),
  ]);
  return {
    ...row,
    events,
    checks: (change.checks as ChangeChecks | null) ?? checksOf(change, figures, today),
    checksStored: change.checks !== null,
    figures: { filed: figures.row("change.filedPercent"), overrun: figures.row("change.overrunPercent") },
    remainingWorkdays:
      change.state === "open" && change.dueOn ? remainingWorkdays(calendar, today, change.dueOn) : null,
  };
}

/**
 * What the form of a new change must know: the estimates, the figures in force, and whether a change is possible at all.
 * @throws DomainError notFound outside the actor's sight
 */
export async function readNewChange(db: Database, actor: Actor, projectId: string, today: LocalDate) {
  const project = await readProject(db, actor, projectId);
  const [figures, open] = await Promise.all([loadFigures(db, today), openChangeOf(db, projectId)]);
  return {
    project,
    open: open ?? null,
    possible: isChangeable(project.stage) && project.approvedFen !== null && !open,
    figures: { filed: figures.row("change.filedPercent"), overrun: figures.row("change.overrunPercent") },
  };
}

/**
 * The basis document of a change, for sending it on.
 * @throws DomainError notFound outside the actor's sight, or when there is none
 */
export async function readBasis(db: Database, actor: Actor, id: string) {
  const [row] = await db
    .select({ fileId: projectChanges.fileId, project: projects })
    .from(projectChanges)
    .innerJoin(projects, eq(projects.id, projectChanges.projectId))
    .where(eq(projectChanges.id, id));
  visible(actor, "project:read", row?.project, "change");
  const found = row?.fileId ? await openFile(db, row.fileId) : undefined;
  if (!found) throw notFound("changeBasis");
  return found;
}
