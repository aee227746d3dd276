import { and, asc, count, desc, eq, inArray, isNull, or } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { Database } from "@db/client";
import {
  cloudBatches,
  cloudStandings,
  cloudSteps,
  domainEvents,
  maintainedSystems,
  matterSystems,
  projects,
  resources,
  scopeDecisions,
  securityTests,
  serviceMatters,
  systems,
  units,
} from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { notFound } from "~/kernel/result";
import { unitOptions } from "~/modules/identity/index.server";
import { inScope } from "~/platform/scope.server";
import { can, canEver, scopeFor, visible } from "~/policy";

import { opensSecret, shownName } from "./secret-names";

const operatorUnits = alias(units, "operator_units");

/** What a reader who may not know a secret system sees of it. */
const VEILED = { purpose: "", location: "", builder: "", contactName: "", contactPhone: "", tags: [] as string[] };

async function loadSystem(db: Database, actor: Actor, systemId: string) {
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
  visible(actor, "system:read", row?.system, "system");
  if (!row) throw notFound("system");
  return row;
}

/** One system with its steps, security tests and history. @throws DomainError notFound */
export async function readSystem(db: Database, actor: Actor, systemId: string) {
  const { system, ...row } = await loadSystem(db, actor, systemId);
  const scope = scopeFor(actor, "system:read");
  const veiled = system.secret && !opensSecret(scope, system);
  const decisions = db
    .select({ id: scopeDecisions.id })
    .from(scopeDecisions)
    .where(eq(scopeDecisions.systemId, systemId));
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
      .where(
        or(
          and(eq(domainEvents.subjectType, "system"), eq(domainEvents.subjectId, systemId)),
          and(eq(domainEvents.subjectType, "scopeDecision"), inArray(domainEvents.subjectId, decisions)),
        ),
      )
      .orderBy(desc(domainEvents.at)),
  ]);
  return {
    system: { ...system, ...(veiled && VEILED), name: shownName(scope, system) },
    veiled,
    ...row,
    steps,
    tests,
    events: veiled ? [] : events,
  };
}

/** What belongs to a system or hangs on it: named with links where the reader may open them. @throws DomainError notFound */
export async function readSystemLinks(db: Database, actor: Actor, systemId: string) {
  const { system } = await loadSystem(db, actor, systemId);
  const mayOpen = (projectUnit: { unitId: string; regionId: string }) => can(actor, "project:read", projectUnit);
  const projectFields = {
    id: projects.id,
    code: projects.code,
    name: projects.name,
    stage: projects.stage,
    unitId: projects.unitId,
    regionId: projects.regionId,
  };
  const seesCatalog = canEver(actor, "catalog:read");
  const [origin, maintained, sources, matters] = await Promise.all([
    system.projectId ? db.select(projectFields).from(projects).where(eq(projects.id, system.projectId)) : [],
    db
      .select(projectFields)
      .from(maintainedSystems)
      .innerJoin(projects, eq(projects.id, maintainedSystems.projectId))
      .where(eq(maintainedSystems.systemId, systemId))
      .orderBy(desc(projects.code)),
    db
      .select({ id: resources.id, code: resources.code, name: resources.name, state: resources.state })
      .from(resources)
      .where(eq(resources.systemId, systemId))
      .orderBy(asc(resources.name)),
    db
      .select({ id: serviceMatters.id, code: serviceMatters.code, name: serviceMatters.name })
      .from(matterSystems)
      .innerJoin(serviceMatters, eq(serviceMatters.id, matterSystems.matterId))
      .where(eq(matterSystems.systemId, systemId))
      .orderBy(asc(serviceMatters.code)),
  ]);
  const opened = <P extends { unitId: string; regionId: string }>(rows: readonly P[]) =>
    rows.map((row) => ({ ...row, opens: mayOpen(row) }));
  return {
    origin: opened(origin)[0] ?? null,
    maintained: opened(maintained),
    resources: seesCatalog ? sources : [],
    matters: canEver(actor, "matter:read") ? matters : [],
  };
}

/** How much still depends on a system: what a person should know before it is retired or given away. */
export async function countDependents(db: Database, systemId: string) {
  const [[maintained], [sources], [matters]] = await Promise.all([
    db
      .select({ n: count() })
      .from(maintainedSystems)
      .innerJoin(projects, eq(projects.id, maintainedSystems.projectId))
      .where(and(eq(maintainedSystems.systemId, systemId), isNull(projects.acceptedOn))),
    db.select({ n: count() }).from(resources).where(eq(resources.systemId, systemId)),
    db.select({ n: count() }).from(matterSystems).where(eq(matterSystems.systemId, systemId)),
  ]);
  return { projects: maintained?.n ?? 0, resources: sources?.n ?? 0, matters: matters?.n ?? 0 };
}

const optionOf = ({ id: value, name: label }: { id: string; name: string }) => ({ value, label });

/** Operators of the region and the unit's own projects, for the form of a system. */
export async function systemFormOptions(db: Database, unit: { readonly unitId: string; readonly regionId: string }) {
  const [operators, own] = await Promise.all([
    db
      .select({ id: units.id, name: units.name })
      .from(units)
      .where(and(eq(units.regionId, unit.regionId), eq(units.isOperator, true), isNull(units.closedOn)))
      .orderBy(asc(units.position)),
    db
      .select({ id: projects.id, name: projects.name })
      .from(projects)
      .where(eq(projects.unitId, unit.unitId))
      .orderBy(desc(projects.code)),
  ]);
  return { operators: operators.map(optionOf), projects: own.map(optionOf) };
}

/** Units that the actor may give a system to, or register one for. */
export const governedUnits = async (db: Database, actor: Actor) =>
  (await unitOptions(db, scopeFor(actor, "system:govern"))).map(optionOf);

/** A unit in which the actor may register systems: the one asked for, or the own. @throws DomainError notFound */
export async function readOwner(db: Database, actor: Actor, unitId: string) {
  const [found] = await db
    .select({ unitId: units.id, regionId: units.regionId, name: units.name })
    .from(units)
    .where(
      and(
        eq(units.id, unitId),
        inScope(scopeFor(actor, "system:edit"), { unitId: units.id, regionId: units.regionId }),
      ),
    );
  if (!found) throw notFound("unit");
  return found;
}
