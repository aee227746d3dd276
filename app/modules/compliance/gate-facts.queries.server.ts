import { and, asc, eq, exists, gt, inArray, isNotNull, isNull, lt, lte, ne, notExists, or, sql } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import {
  demands,
  gateExemptions,
  projects,
  recollections,
  resourceConnections,
  resources,
  sanctions,
  securityTests,
  systems,
} from "@db/schema";
import { groupBy } from "~/kernel/group-by";
import { addDays, type LocalDate } from "~/kernel/local-date";

import type { GateFacts, GateLimits } from "./gate.types";

/**
 * What the gates of these units are decided from: one statement for each kind of fact, whatever the number of units. Of
 * resources and demands only those come along that could count on this day; the rules decide.
 */
export async function readGateFacts(
  db: DatabaseOrTransaction,
  unitIds: readonly string[],
  today: LocalDate,
  limits: Pick<GateLimits, "connectDays">,
): Promise<Map<string, GateFacts>> {
  const ids = [...unitIds];
  const [uninventoried, unpublished, published, duties, owned, tests, standing, collected, exemptions] =
    await Promise.all([
      uninventoriedProjects(db, ids, today),
      promisedEntries(db, ids, today),
      publishedEntries(db, ids, today, limits),
      openDuties(db, ids),
      ownSystems(db, ids, today),
      systemTests(db, ids, today),
      sanctionsOf(db, ids),
      recollectionsOf(db, ids),
      exemptionsOf(db, ids),
    ]);
  const testsOf = groupBy(tests, ({ systemId }) => systemId);
  const byUnit = {
    uninventoried: ofUnits(uninventoried),
    unpublished: ofUnits(unpublished),
    published: ofUnits(published),
    duties: ofUnits(duties),
    systems: ofUnits(owned),
    sanctions: ofUnits(standing),
    recollections: ofUnits(collected),
    exemptions: ofUnits(exemptions),
  };
  return new Map(
    ids.map((unitId) => [
      unitId,
      {
        uninventoried: byUnit.uninventoried(unitId),
        unpublished: byUnit.unpublished(unitId),
        published: byUnit.published(unitId),
        duties: byUnit.duties(unitId),
        systems: byUnit.systems(unitId).map((system) => ({ ...system, tests: testsOf.get(system.id) ?? [] })),
        sanctions: byUnit.sanctions(unitId),
        recollections: byUnit.recollections(unitId),
        exemptions: byUnit.exemptions(unitId),
      },
    ]),
  );
}

/** Rows of many units as a question for those of one. */
function ofUnits<T extends { readonly unitId: string }>(rows: readonly T[]): (unitId: string) => T[] {
  const groups = groupBy(rows, ({ unitId }) => unitId);
  return (unitId) => groups.get(unitId) ?? [];
}

/** Accepted projects that built a system of which the inventory knows nothing. */
function uninventoriedProjects(db: DatabaseOrTransaction, unitIds: string[], today: LocalDate) {
  const ownSystem = db.select({ id: systems.id }).from(systems).where(eq(systems.projectId, projects.id));
  return acceptedOnOf(
    db
      .select({ unitId: projects.unitId, id: projects.id, name: projects.name, acceptedOn: projects.acceptedOn })
      .from(projects)
      .where(
        and(
          inArray(projects.unitId, unitIds),
          isNotNull(projects.acceptedOn),
          lte(projects.acceptedOn, today),
          inArray(projects.nature, ["new", "rebuild"]),
          inArray(projects.class, ["softwarePlatform", "softwareGeneral", "softwareSpecial"]),
          notExists(ownSystem),
        ),
      )
      .orderBy(asc(projects.code)),
  );
}

/** Entries that a filing promised to share and that acceptance should have seen published. */
function promisedEntries(db: DatabaseOrTransaction, unitIds: string[], today: LocalDate) {
  return acceptedOnOf(
    db
      .select({ unitId: resources.unitId, id: resources.id, name: resources.name, acceptedOn: projects.acceptedOn })
      .from(resources)
      .innerJoin(projects, eq(projects.id, resources.projectId))
      .where(
        and(
          inArray(resources.unitId, unitIds),
          inArray(resources.state, ["draft", "registered"]),
          ne(resources.sharingType, "none"),
          isNotNull(projects.acceptedOn),
          lte(projects.acceptedOn, today),
        ),
      )
      .orderBy(asc(resources.id)),
  );
}

/** The query asked for rows that have the day; the type learns of it here. */
async function acceptedOnOf<Row extends { acceptedOn: LocalDate | null }>(query: PromiseLike<Row[]>) {
  const rows = await query;
  return rows.flatMap(({ acceptedOn, ...row }) => (acceptedOn ? [{ ...row, acceptedOn }] : []));
}

/** Published entries that are shared and late with an update or with their connection. */
async function publishedEntries(
  db: DatabaseOrTransaction,
  unitIds: string[],
  today: LocalDate,
  { connectDays }: Pick<GateLimits, "connectDays">,
) {
  const standing = db
    .select({ id: resourceConnections.id })
    .from(resourceConnections)
    .where(and(eq(resourceConnections.resourceId, resources.id), isNull(resourceConnections.removedOn)));
  const rows = await db
    .select({
      unitId: resources.unitId,
      id: resources.id,
      name: resources.name,
      updateCycle: resources.updateCycle,
      lastUpdatedOn: resources.lastUpdatedOn,
      publishedOn: resources.publishedOn,
      method: resources.method,
      connected: sql<boolean>`${exists(standing)}`,
    })
    .from(resources)
    .where(
      and(
        inArray(resources.unitId, unitIds),
        eq(resources.state, "published"),
        ne(resources.sharingType, "none"),
        or(
          lt(resources.nextUpdateDueOn, today),
          and(isNull(resources.nextUpdateDueOn), ne(resources.updateCycle, "irregular")),
          and(
            lt(resources.publishedOn, addDays(today, -connectDays)),
            inArray(resources.method, ["interface", "database"]),
            notExists(standing),
          ),
        ),
      ),
    )
    .orderBy(asc(resources.code));
  return rows.map((row) => ({ ...row, lastUpdatedOn: row.lastUpdatedOn ?? row.publishedOn }));
}

/** Other units' demands that these units still have to answer or deliver. */
const openDuties = (db: DatabaseOrTransaction, unitIds: string[]) =>
  db
    .select({
      unitId: sql<string>`${demands.providerUnitId}`,
      id: demands.id,
      wanted: demands.wanted,
      state: demands.state,
      answerDueOn: demands.answerDueOn,
      dueOn: demands.dueOn,
    })
    .from(demands)
    .where(
      and(
        inArray(demands.providerUnitId, unitIds),
        inArray(demands.state, ["unitReviewed", "checked", "agreed"]),
        isNull(demands.deliveredAt),
      ),
    )
    .orderBy(asc(demands.id));

/** Own-built, in use, not secret: secret systems are under another regime. */
const inCharge = (unitIds: string[], today: LocalDate) =>
  and(
    inArray(systems.unitId, unitIds),
    eq(systems.ownership, "own"),
    eq(systems.state, "inUse"),
    eq(systems.secret, false),
    or(isNull(systems.retiredOn), gt(systems.retiredOn, today)),
  );

const ownSystems = (db: DatabaseOrTransaction, unitIds: string[], today: LocalDate) =>
  db
    .select({ unitId: systems.unitId, id: systems.id, name: systems.name, mlpsLevel: systems.mlpsLevel })
    .from(systems)
    .where(inCharge(unitIds, today))
    .orderBy(asc(systems.code));

async function systemTests(db: DatabaseOrTransaction, unitIds: string[], today: LocalDate) {
  const rows = await db
    .select({
      systemId: securityTests.systemId,
      kind: securityTests.kind,
      passed: securityTests.passed,
      testedOn: securityTests.testedOn,
      validUntil: securityTests.validUntil,
    })
    .from(securityTests)
    .innerJoin(systems, eq(systems.id, securityTests.systemId))
    .where(and(inCharge(unitIds, today), eq(securityTests.state, "confirmed"), lte(securityTests.testedOn, today)));
  return rows.map((row) => ({ ...row, passed: row.passed === "passed" }));
}

const sanctionsOf = (db: DatabaseOrTransaction, unitIds: string[]) =>
  db
    .select({
      unitId: sanctions.unitId,
      id: sanctions.id,
      rung: sanctions.rung,
      state: sanctions.state,
      reason: sanctions.reason,
      fromOn: sanctions.fromOn,
      liftedOn: sanctions.liftedOn,
    })
    .from(sanctions)
    .where(inArray(sanctions.unitId, unitIds))
    .orderBy(asc(sanctions.fromOn), asc(sanctions.id));

const recollectionsOf = (db: DatabaseOrTransaction, unitIds: string[]) =>
  db
    .select({
      unitId: recollections.unitId,
      id: recollections.id,
      state: recollections.state,
      resourceName: resources.name,
      where: recollections.where,
    })
    .from(recollections)
    .innerJoin(resources, eq(resources.id, recollections.resourceId))
    .where(and(inArray(recollections.unitId, unitIds), inArray(recollections.state, ["standing", "remedied"])))
    .orderBy(asc(recollections.id));

const exemptionsOf = (db: DatabaseOrTransaction, unitIds: string[]) =>
  db
    .select({
      unitId: gateExemptions.unitId,
      id: gateExemptions.id,
      state: gateExemptions.state,
      reason: gateExemptions.reason,
      fileId: gateExemptions.fileId,
      requestedBy: gateExemptions.requestedBy,
      signedBy: gateExemptions.signedBy,
      approvedBy: gateExemptions.approvedBy,
      fromOn: gateExemptions.fromOn,
      untilOn: gateExemptions.untilOn,
      revokedOn: gateExemptions.revokedOn,
    })
    .from(gateExemptions)
    .where(and(inArray(gateExemptions.unitId, unitIds), inArray(gateExemptions.state, ["approved", "revoked"])))
    .orderBy(asc(gateExemptions.untilOn));
