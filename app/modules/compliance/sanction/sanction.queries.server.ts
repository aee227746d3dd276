import { and, asc, count, desc, eq, inArray, ne, notInArray, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { Database } from "@db/client";
import { files, projects, sanctions, units, users } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { LocalDate } from "~/kernel/local-date";
import { notFound } from "~/kernel/result";
import { keysOf, SANCTION_RUNGS, SANCTION_STATES, type SanctionRung, type SanctionState } from "~/kernel/vocabulary";
import { addWorkdays } from "~/kernel/work-calendar";
import { isWantedUnit, readWantedUnit } from "~/modules/identity/index.server";
import { loadCalendar } from "~/platform/calendar.server";
import { loadFigures } from "~/platform/figures.server";
import { openFile } from "~/platform/files.server";
import { inScope } from "~/platform/scope.server";
import { scopeFor, visible } from "~/policy";

import { eventsOf } from "../events.queries.server";
import { seesUnconfirmed } from "../take-step.server";
import { UNCONFIRMED_SANCTIONS } from "./sanction-kind.server";
import { STOPPABLE_STAGES } from "./sanction.rules";

const PAGE_SIZE = 50;

/** What the list can be asked; everything is in the address. */
export interface SanctionQuery {
  readonly rung: SanctionRung | undefined;
  readonly state: SanctionState | undefined;
  readonly unit: string | undefined;
  readonly page: number;
}

/** Reads the question from an address; what is unknown is ignored, never an error. */
export function readSanctionQuery(params: URLSearchParams): SanctionQuery {
  const page = Number(params.get("page"));
  return {
    rung: keysOf(SANCTION_RUNGS).find((rung) => rung === params.get("rung")),
    state: keysOf(SANCTION_STATES).find((state) => state === params.get("state")),
    unit: readWantedUnit(params),
    page: Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1,
  };
}

/** A unit does not see what only one person has proposed. */
const inSight = (actor: Actor): SQL | undefined =>
  and(
    inScope(scopeFor(actor, "gate:read"), { unitId: sanctions.unitId, regionId: sanctions.regionId }),
    seesUnconfirmed(actor) ? undefined : notInArray(sanctions.state, [...UNCONFIRMED_SANCTIONS]),
  );

/** One page of sanctions in the actor's sight, those that stand first, the latest first; and how many there are in all. */
export async function listSanctions(db: Database, actor: Actor, query: SanctionQuery) {
  const where = and(
    inSight(actor),
    query.rung && eq(sanctions.rung, query.rung),
    query.state && eq(sanctions.state, query.state),
    isWantedUnit(sanctions.unitId, query.unit),
  );
  const [rows, [total]] = await Promise.all([
    db
      .select({
        id: sanctions.id,
        number: sanctions.number,
        unitName: units.name,
        projectName: projects.name,
        rung: sanctions.rung,
        reason: sanctions.reason,
        state: sanctions.state,
        fromOn: sanctions.fromOn,
        dueOn: sanctions.dueOn,
        liftedOn: sanctions.liftedOn,
      })
      .from(sanctions)
      .innerJoin(units, eq(units.id, sanctions.unitId))
      .leftJoin(projects, eq(projects.id, sanctions.projectId))
      .where(where)
      .orderBy(sql`${sanctions.state} in ('lifted', 'declined')`, desc(sanctions.number))
      .limit(PAGE_SIZE)
      .offset((query.page - 1) * PAGE_SIZE),
    db.select({ n: count() }).from(sanctions).where(where),
  ]);
  return { rows, total: total?.n ?? 0, pageSize: PAGE_SIZE };
}

const imposers = alias(users, "imposers");
const remediers = alias(users, "remediers");
const earlier = alias(sanctions, "earlier");

/**
 * One sanction with the rung below it, the unit's report, the people who had a hand in it and its history.
 * @throws DomainError notFound outside the actor's sight; for the unit also while nobody has imposed it
 */
export async function readSanction(db: Database, actor: Actor, id: string, today: LocalDate) {
  const [row] = await db
    .select({
      sanction: sanctions,
      unitName: units.name,
      project: { id: projects.id, name: projects.name, stage: projects.stage },
      previous: { id: earlier.id, number: earlier.number, rung: earlier.rung },
      fileName: files.name,
      proposerName: users.name,
      imposerName: imposers.name,
      remedierName: remediers.name,
    })
    .from(sanctions)
    .innerJoin(units, eq(units.id, sanctions.unitId))
    .leftJoin(projects, eq(projects.id, sanctions.projectId))
    .leftJoin(earlier, eq(earlier.id, sanctions.previousId))
    .leftJoin(files, eq(files.id, sanctions.remedyFileId))
    .leftJoin(users, eq(users.id, sanctions.proposedBy))
    .leftJoin(imposers, eq(imposers.id, sanctions.imposedBy))
    .leftJoin(remediers, eq(remediers.id, sanctions.remediedBy))
    .where(and(eq(sanctions.id, id), inSight(actor)));
  if (!row) throw notFound("sanction");
  const { state, dueOn } = row.sanction;
  return {
    ...row,
    overdue: state === "standing" && dueOn !== null && dueOn < today,
    events: await eventsOf(db, "sanction", id),
  };
}

/**
 * What the form of a proposal must know: the units, and of the chosen one the projects and what stands against it.
 * @throws DomainError notFound when the unit is outside the actor's sight
 */
export async function readNewSanction(db: Database, actor: Actor, unitId: string, today: LocalDate) {
  const [found] = await db
    .select({ unitId: units.id, regionId: units.regionId, name: units.name })
    .from(units)
    .where(eq(units.id, unitId));
  const unit = visible(actor, "gate:read", found, "gate");
  const [figures, calendar, projectRows, standing] = await Promise.all([
    loadFigures(db, today),
    loadCalendar(db, unit.regionId),
    db
      .select({ value: projects.id, label: projects.name })
      .from(projects)
      .where(and(eq(projects.unitId, unitId), inArray(projects.stage, [...STOPPABLE_STAGES.terminate])))
      .orderBy(asc(projects.code)),
    db
      .select({
        id: sanctions.id,
        number: sanctions.number,
        rung: sanctions.rung,
        state: sanctions.state,
        dueOn: sanctions.dueOn,
        projectName: projects.name,
      })
      .from(sanctions)
      .leftJoin(projects, eq(projects.id, sanctions.projectId))
      .where(and(eq(sanctions.unitId, unitId), ne(sanctions.state, "lifted"), ne(sanctions.state, "declined")))
      .orderBy(asc(sanctions.number)),
  ]);
  const dueOn = addWorkdays(calendar, today, figures.number("sanction.rectifyWorkdays"));
  return { unit, projects: projectRows, standing, dueOn, rectify: figures.number("sanction.rectifyWorkdays") };
}

/**
 * The paper of a remedy, for sending it on.
 * @throws DomainError notFound outside the actor's sight, or when there is none
 */
export async function readSanctionPaper(db: Database, actor: Actor, id: string) {
  const [row] = await db
    .select({ fileId: sanctions.remedyFileId })
    .from(sanctions)
    .where(and(eq(sanctions.id, id), inSight(actor)));
  const found = row?.fileId ? await openFile(db, row.fileId) : undefined;
  if (!found) throw notFound("sanctionPaper");
  return found;
}
