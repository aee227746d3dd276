import { and, asc, count, desc, eq, ilike, isNull, lte, or, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { Database } from "@db/client";
import { cloudBatches, cloudSteps, domainEvents, ruleFigures, securityTests, systems, units } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { LocalDate } from "~/kernel/local-date";
import { keysOf, OWNERSHIPS, type CloudStep, type Ownership } from "~/kernel/vocabulary";
import { isWantedUnit, readWantedUnit } from "~/modules/identity/index.server";
import { contains } from "~/platform/like.server";
import { inScope } from "~/platform/scope.server";
import { visible, type Scope } from "~/policy";

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
  sql<number>`(select count(*)::int from ${cloudSteps} where ${cloudSteps.systemId} = ${systems.id} and ${cloudSteps.completedOn} <= ${asOf})`;

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
        outOfScopeReason: systems.outOfScopeReason,
        stepsDone: stepsDone(asOf),
      })
      .from(systems)
      .innerJoin(units, eq(units.id, systems.unitId))
      .leftJoin(cloudBatches, eq(cloudBatches.id, systems.batchId))
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
    .select({ system: systems, unitName: units.name, operatorName: operatorUnits.name, batch: cloudBatches })
    .from(systems)
    .innerJoin(units, eq(units.id, systems.unitId))
    .leftJoin(operatorUnits, eq(operatorUnits.id, systems.operatorUnitId))
    .leftJoin(cloudBatches, eq(cloudBatches.id, systems.batchId))
    .where(eq(systems.id, systemId));
  const system = visible(actor, "system:read", row?.system, "system");
  const [steps, tests, events] = await Promise.all([
    db.select().from(cloudSteps).where(eq(cloudSteps.systemId, systemId)).orderBy(asc(cloudSteps.completedOn)),
    db.select().from(securityTests).where(eq(securityTests.systemId, systemId)).orderBy(desc(securityTests.testedOn)),
    db
      .select()
      .from(domainEvents)
      .where(and(eq(domainEvents.subjectType, "system"), eq(domainEvents.subjectId, systemId)))
      .orderBy(desc(domainEvents.at)),
  ]);
  return {
    system,
    unitName: row?.unitName ?? "",
    operatorName: row?.operatorName,
    batch: row?.batch,
    steps,
    tests,
    events,
  };
}

/** Own-built systems in scope: the denominator of the cloud rate. Retired ones count until they are retired. */
const assessed = (asOf: LocalDate): SQL =>
  sql`${systems.ownership} = 'own' and ${systems.outOfScopeReason} is null and ${systems.registeredOn} <= ${asOf} and (${systems.retiredOn} is null or ${systems.retiredOn} > ${asOf})`;

/** Migrated by a day: 安全检测 passed and 服务开通 done. */
const migratedBy = (asOf: LocalDate): SQL<boolean> =>
  sql<boolean>`(select count(*) from ${cloudSteps} where ${cloudSteps.systemId} = ${systems.id} and ${cloudSteps.completedOn} <= ${asOf} and ${cloudSteps.step} in ('安全检测', '服务开通')) = 2`;

/** 上云率 as of a day, per unit: migrated ÷ own-built systems in scope. One query for all units. */
export async function cloudRates(db: Database, scope: Scope, asOf: LocalDate) {
  return db
    .select({
      unitId: units.id,
      unitName: units.name,
      numerator: sql<number>`count(*) filter (where ${migratedBy(asOf)})::int`,
      denominator: sql<number>`count(*)::int`,
    })
    .from(systems)
    .innerJoin(units, eq(units.id, systems.unitId))
    .where(and(within(scope), assessed(asOf)))
    .groupBy(units.id, units.name, units.position)
    .orderBy(asc(units.position));
}

/** The target of the cloud rate in force on a day, from the dated rule rows. @unit percent */
export async function cloudTarget(db: Database, asOf: LocalDate): Promise<number | undefined> {
  const [row] = await db
    .select({ value: ruleFigures.value })
    .from(ruleFigures)
    .where(
      and(
        eq(ruleFigures.code, "cloud.targetPercent"),
        lte(ruleFigures.inForceFrom, asOf),
        isNull(ruleFigures.withdrawnAt),
      ),
    )
    .orderBy(desc(ruleFigures.inForceFrom))
    .limit(1);
  return row ? Number(row.value) : undefined;
}

/** The board: every assessed system with the steps it has done, for seven columns. */
export async function cloudBoard(db: Database, scope: Scope, asOf: LocalDate) {
  return db
    .select({
      id: systems.id,
      name: systems.name,
      unitName: units.name,
      batch: cloudBatches.name,
      targetOn: cloudBatches.targetOn,
      done: sql<
        CloudStep[]
      >`coalesce((select array_agg(${cloudSteps.step}) from ${cloudSteps} where ${cloudSteps.systemId} = ${systems.id} and ${cloudSteps.completedOn} <= ${asOf}), '{}')`,
    })
    .from(systems)
    .innerJoin(units, eq(units.id, systems.unitId))
    .leftJoin(cloudBatches, eq(cloudBatches.id, systems.batchId))
    .where(and(within(scope), assessed(asOf)))
    .orderBy(asc(units.position), asc(systems.code));
}
