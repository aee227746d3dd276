import { and, asc, count, desc, eq, ilike, isNull, or, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { Database } from "@db/client";
import { cloudBatches, cloudStandings, cloudSteps, domainEvents, securityTests, systems, units } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { LocalDate } from "~/kernel/local-date";
import { notFound } from "~/kernel/result";
import { keysOf, OWNERSHIPS, type Ownership } from "~/kernel/vocabulary";
import { isWantedUnit, readWantedUnit } from "~/modules/identity/index.server";
import { contains } from "~/platform/like.server";
import { inScope } from "~/platform/scope.server";
import { visible, type Scope } from "~/policy";

import { standsOn, stepStandsOn } from "../cloud/standing.server";

const SYSTEMS_PAGE = 50;

export interface SystemQuery {
  readonly q: string;
  readonly ownership: Ownership | undefined;
  /** a unit's id, or words of its name */
  readonly unit: string | undefined;
  readonly page: number;
}

/** Reads the question from an address; what is unknown is ignored, never an error. */
export function readSystemQuery(params: URLSearchParams): SystemQuery {
  const page = Number(params.get("page"));
  return {
    q: (params.get("q") ?? "").trim().slice(0, 100),
    ownership: keysOf(OWNERSHIPS).find((o) => o === params.get("ownership")),
    unit: readWantedUnit(params),
    page: Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1,
  };
}

const within = (scope: Scope): SQL =>
  inScope(scope, { unitId: systems.unitId, regionId: systems.regionId, operatorUnitId: systems.operatorUnitId });

/** How many of the seven steps a system has completed by a day. */
const stepsDone = (asOf: LocalDate) =>
  sql<number>`(select count(*)::int from ${cloudSteps} where ${stepStandsOn(asOf)})`;

/** One page of the inventory within a scope. */
export async function listSystems(db: Database, scope: Scope, query: SystemQuery, asOf: LocalDate) {
  const like = contains(query.q);
  const where = and(
    within(scope),
    query.ownership && eq(systems.ownership, query.ownership),
    isWantedUnit(systems.unitId, query.unit),
    query.q ? or(ilike(systems.name, like), ilike(systems.code, like), ilike(systems.initials, like)) : undefined,
  );
  const [rows, [total]] = await Promise.all([
    db
      .select({
        id: systems.id,
        code: systems.code,
        name: systems.name,
        unitName: units.name,
        ownership: systems.ownership,
        mlpsLevel: systems.mlpsLevel,
        hosting: systems.hosting,
        backedUp: systems.backedUp,
        batch: cloudBatches.name,
        scope: cloudStandings.scope,
        stepsDone: stepsDone(asOf),
      })
      .from(systems)
      .innerJoin(units, eq(units.id, systems.unitId))
      .innerJoin(cloudStandings, standsOn(asOf))
      .leftJoin(cloudBatches, eq(cloudBatches.id, cloudStandings.batchId))
      .where(where)
      .orderBy(asc(systems.code))
      .limit(SYSTEMS_PAGE)
      .offset((query.page - 1) * SYSTEMS_PAGE),
    db.select({ n: count() }).from(systems).where(where),
  ]);
  return { rows, total: total?.n ?? 0, pageSize: SYSTEMS_PAGE };
}

const operatorUnits = alias(units, "operator_units");

/** One system with its steps, security tests and history. @throws DomainError notFound */
export async function readSystem(db: Database, actor: Actor, systemId: string) {
  const [row] = await db
    .select({
      system: systems,
      standing: cloudStandings,
      unitName: units.name,
      operatorName: operatorUnits.name,
      batch: cloudBatches,
    })
    .from(systems)
    .innerJoin(cloudStandings, and(eq(cloudStandings.systemId, systems.id), isNull(cloudStandings.toOn)))
    .innerJoin(units, eq(units.id, systems.unitId))
    .leftJoin(operatorUnits, eq(operatorUnits.id, systems.operatorUnitId))
    .leftJoin(cloudBatches, eq(cloudBatches.id, cloudStandings.batchId))
    .where(eq(systems.id, systemId));
  const system = visible(actor, "system:read", row?.system, "system");
  if (!row) throw notFound("system");
  const [steps, tests, events] = await Promise.all([
    db
      .select()
      .from(cloudSteps)
      .where(and(eq(cloudSteps.systemId, systemId), isNull(cloudSteps.rolledBackOn)))
      .orderBy(asc(cloudSteps.completedOn)),
    db.select().from(securityTests).where(eq(securityTests.systemId, systemId)).orderBy(desc(securityTests.testedOn)),
    db
      .select()
      .from(domainEvents)
      .where(and(eq(domainEvents.subjectType, "system"), eq(domainEvents.subjectId, systemId)))
      .orderBy(desc(domainEvents.at)),
  ]);
  return {
    system,
    standing: row.standing,
    unitName: row.unitName,
    operatorName: row.operatorName,
    batch: row.batch,
    steps,
    tests,
    events,
  };
}
