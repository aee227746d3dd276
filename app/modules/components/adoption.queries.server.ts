import { and, asc, count, desc, eq, lt, lte, notInArray, sql, type SQL } from "drizzle-orm";

import type { Database, DatabaseOrTransaction } from "@db/client";
import { commonComponents, domainEvents, projectComponents, projects, units } from "@db/schema";
import { endOfDay, isLocalDate, localDate, type LocalDate } from "~/kernel/local-date";
import { notFound } from "~/kernel/result";
import { COMPONENT_DECISIONS, keysOf, type ComponentDecision } from "~/kernel/vocabulary";
import { inScope } from "~/platform/scope.server";
import type { Scope } from "~/policy";

import { sumAdoption, type Adoption } from "./component.rules";
import { subjectOf } from "./load-component.server";

/** The day of a question for adoption; today when the address names none that is past. */
export function readAsOf(params: URLSearchParams, today: LocalDate): LocalDate {
  const asked = params.get("asOf") ?? "";
  return isLocalDate(asked) && asked <= today ? localDate(asked) : today;
}

/** A project's stage at the end of a day as its events tell it; one taken over with its stage stands where it stands. */
const stageOn = (asOf: LocalDate): SQL => sql`coalesce(
  (select e.payload->>'to' from ${domainEvents} e
    where e.subject_type = 'project' and e.subject_id = ${projects.id} and e.payload->>'to' is not null
      and e.at < ${endOfDay(asOf).toISOString()}::timestamptz
    order by e.at desc, e.id desc limit 1),
  case when exists (select 1 from ${domainEvents} e
    where e.subject_type = 'project' and e.subject_id = ${projects.id} and e.payload->>'to' is not null)
    then 'draft' else ${projects.stage} end)`;

/** Approved new applications within a scope that were not ended by a day: whose decisions count. */
const counted = (scope: Scope, asOf: LocalDate): SQL | undefined =>
  and(
    inScope(scope, { unitId: projects.unitId, regionId: projects.regionId }),
    eq(projects.nature, "new"),
    lte(projects.approvedOn, asOf),
    lt(projects.createdAt, endOfDay(asOf)),
    notInArray(stageOn(asOf), ["terminated", "lapsed"]),
  );

/** The decisions that count, by component and by unit, as of a day: one statement. */
export async function readAdoption(db: DatabaseOrTransaction, scope: Scope, asOf: LocalDate) {
  const rows = await db
    .select({
      code: projectComponents.componentCode,
      unitId: projects.unitId,
      unitName: units.name,
      decision: projectComponents.decision,
      n: count(),
    })
    .from(projectComponents)
    .innerJoin(projects, eq(projects.id, projectComponents.projectId))
    .innerJoin(units, eq(units.id, projects.unitId))
    .where(counted(scope, asOf))
    .groupBy(projectComponents.componentCode, projects.unitId, units.name, units.position, projectComponents.decision)
    .orderBy(asc(units.position), asc(projects.unitId));
  const one = ({ decision, n }: (typeof rows)[number]): Adoption => ({
    reuse: 0,
    notReused: 0,
    notFitting: 0,
    [decision]: n,
  });
  const byComponent = new Map<string, Adoption>();
  const byUnit = new Map<string, Adoption & { readonly unitId: string; readonly unitName: string }>();
  for (const row of rows) {
    const [component, unit] = [byComponent.get(row.code), byUnit.get(row.unitId)];
    byComponent.set(row.code, sumAdoption([...(component ? [component] : []), one(row)]));
    byUnit.set(row.unitId, {
      unitId: row.unitId,
      unitName: row.unitName,
      ...sumAdoption([...(unit ? [unit] : []), one(row)]),
    });
  }
  return { byComponent, units: [...byUnit.values()], total: sumAdoption(rows.map(one)) };
}

/** The register with each component's adoption as of a day, its total, and the same by unit. */
export async function listComponents(db: Database, scope: Scope, asOf: LocalDate) {
  const [rows, adoption] = await Promise.all([
    db
      .select({
        code: commonComponents.code,
        name: commonComponents.name,
        purpose: commonComponents.purpose,
        access: commonComponents.access,
        providerName: units.name,
        availableFrom: commonComponents.availableFrom,
        retiredOn: commonComponents.retiredOn,
      })
      .from(commonComponents)
      .leftJoin(units, eq(units.id, commonComponents.providerUnitId))
      .orderBy(asc(commonComponents.position)),
    readAdoption(db, scope, asOf),
  ]);
  const none: Adoption = { reuse: 0, notReused: 0, notFitting: 0 };
  return {
    rows: rows.map((row) => ({ ...row, ...(adoption.byComponent.get(row.code) ?? none) })),
    units: adoption.units,
    total: adoption.total,
  };
}

const PAGE_SIZE = 50;

/** What the rows of a component can be asked. */
export interface DecisionQuery {
  readonly decision: ComponentDecision | undefined;
  readonly page: number;
}

/** Reads the question from an address; what is unknown is ignored, never an error. */
export function readDecisionQuery(params: URLSearchParams): DecisionQuery {
  const page = Number(params.get("page"));
  return {
    decision: keysOf(COMPONENT_DECISIONS).find((each) => each === params.get("decision")),
    page: Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1,
  };
}

/**
 * One component with its adoption and a page of the projects behind it as of a day, and its history.
 * @throws DomainError notFound
 */
export async function readComponent(
  db: Database,
  scope: Scope,
  code: string,
  asOf: LocalDate,
  { decision, page }: DecisionQuery,
) {
  const [found] = await db
    .select({ component: commonComponents, providerName: units.name })
    .from(commonComponents)
    .leftJoin(units, eq(units.id, commonComponents.providerUnitId))
    .where(eq(commonComponents.code, code));
  if (!found) throw notFound("component");
  const where = and(
    counted(scope, asOf),
    eq(projectComponents.componentCode, code),
    decision ? eq(projectComponents.decision, decision) : undefined,
  );
  const [rows, adoption, events] = await Promise.all([
    db
      .select({
        projectId: projects.id,
        code: projects.code,
        name: sql<string>`case when coalesce(${projects.secret}, false) then '涉密项目' else ${projects.name} end`,
        unitName: units.name,
        approvedOn: projects.approvedOn,
        decision: projectComponents.decision,
        reason: projectComponents.reason,
      })
      .from(projectComponents)
      .innerJoin(projects, eq(projects.id, projectComponents.projectId))
      .innerJoin(units, eq(units.id, projects.unitId))
      .where(where)
      .orderBy(desc(projects.approvedOn), asc(projects.code))
      .limit(PAGE_SIZE)
      .offset((page - 1) * PAGE_SIZE),
    readAdoption(db, scope, asOf),
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
      .where(and(eq(domainEvents.subjectType, "component"), eq(domainEvents.subjectId, subjectOf(code))))
      .orderBy(desc(domainEvents.at), desc(domainEvents.id)),
  ]);
  const own = adoption.byComponent.get(code) ?? { reuse: 0, notReused: 0, notFitting: 0 };
  const total = decision ? own[decision] : own.reuse + own.notReused + own.notFitting;
  return { ...found, rows, adoption: own, total, pageSize: PAGE_SIZE, events };
}

/** Every decision behind the adoption as of a day, for the sheet. */
export const allDecisions = (db: Database, scope: Scope, asOf: LocalDate) =>
  db
    .select({
      component: commonComponents.name,
      code: projects.code,
      name: sql<string>`case when coalesce(${projects.secret}, false) then '涉密项目' else ${projects.name} end`,
      unitName: units.name,
      approvedOn: projects.approvedOn,
      decision: projectComponents.decision,
      reason: projectComponents.reason,
    })
    .from(projectComponents)
    .innerJoin(commonComponents, eq(commonComponents.code, projectComponents.componentCode))
    .innerJoin(projects, eq(projects.id, projectComponents.projectId))
    .innerJoin(units, eq(units.id, projects.unitId))
    .where(counted(scope, asOf))
    .orderBy(asc(commonComponents.position), desc(projects.approvedOn), asc(projects.code));
