import { and, asc, eq, gt, inArray, isNotNull, isNull, lte, ne, notExists, or } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { demands, gateExemptions, projects, resources, sanctions, securityTests, systems } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import { loadCalendar, loadFigures } from "~/platform/figures.server";

import { decideGate, gateLimitsOf, type Gate, type GateFacts } from "./gate.rules";

/** The sharing gate of a unit on a day, each reason with its record. @source domain.md §5 */
export async function readGate(db: DatabaseOrTransaction, unitId: string, today: LocalDate): Promise<Gate> {
  const [facts, calendar, figures] = await Promise.all([
    gateFacts(db, unitId, today),
    loadCalendar(db),
    loadFigures(db, today),
  ]);
  return decideGate(facts, today, calendar, gateLimitsOf(figures));
}

async function gateFacts(db: DatabaseOrTransaction, unitId: string, today: LocalDate): Promise<GateFacts> {
  const [uninventoried, promised, published, duties, owned, tests, standing, exemptions] = await Promise.all([
    uninventoriedProjects(db, unitId, today),
    promisedEntries(db, unitId, today),
    db
      .select({
        id: resources.id,
        name: resources.name,
        updateCycle: resources.updateCycle,
        lastUpdatedOn: resources.lastUpdatedOn,
        publishedOn: resources.publishedOn,
      })
      .from(resources)
      .where(and(eq(resources.unitId, unitId), eq(resources.state, "published"), ne(resources.sharingType, "none")))
      .orderBy(asc(resources.code)),
    db
      .select({
        id: demands.id,
        wanted: demands.wanted,
        state: demands.state,
        answerDueOn: demands.answerDueOn,
        dueOn: demands.dueOn,
      })
      .from(demands)
      .where(
        and(
          eq(demands.providerUnitId, unitId),
          inArray(demands.state, ["unitReviewed", "checked", "agreed"]),
          isNull(demands.deliveredAt),
        ),
      )
      .orderBy(asc(demands.id)),
    db
      .select({ id: systems.id, name: systems.name, mlpsLevel: systems.mlpsLevel })
      .from(systems)
      .where(inCharge(unitId, today))
      .orderBy(asc(systems.code)),
    db
      .select({
        systemId: securityTests.systemId,
        kind: securityTests.kind,
        passed: securityTests.passed,
        testedOn: securityTests.testedOn,
        validUntil: securityTests.validUntil,
      })
      .from(securityTests)
      .innerJoin(systems, eq(systems.id, securityTests.systemId))
      .where(and(inCharge(unitId, today), lte(securityTests.testedOn, today))),
    db
      .select({ id: sanctions.id, reason: sanctions.reason, fromOn: sanctions.fromOn, liftedOn: sanctions.liftedOn })
      .from(sanctions)
      .where(eq(sanctions.unitId, unitId))
      .orderBy(asc(sanctions.fromOn)),
    db
      .select({
        reason: gateExemptions.reason,
        requestedBy: gateExemptions.requestedBy,
        approvedBy: gateExemptions.approvedBy,
        fromOn: gateExemptions.fromOn,
        untilOn: gateExemptions.untilOn,
      })
      .from(gateExemptions)
      .where(eq(gateExemptions.unitId, unitId))
      .orderBy(asc(gateExemptions.untilOn)),
  ]);
  return {
    uninventoried,
    unpublished: promised,
    published: published.map(({ publishedOn, lastUpdatedOn, ...resource }) => ({
      ...resource,
      lastUpdatedOn: lastUpdatedOn ?? publishedOn,
    })),
    duties,
    systems: owned.map((system) => ({
      ...system,
      tests: tests
        .filter(({ systemId }) => systemId === system.id)
        .map(({ kind, passed, testedOn, validUntil }) => ({ kind, passed: passed === "passed", testedOn, validUntil })),
    })),
    sanctions: standing,
    exemptions,
  };
}

/** Own-built, in use, not secret: secret systems are under another regime. */
const inCharge = (unitId: string, today: LocalDate) =>
  and(
    eq(systems.unitId, unitId),
    eq(systems.ownership, "own"),
    eq(systems.inUse, true),
    eq(systems.secret, false),
    or(isNull(systems.retiredOn), gt(systems.retiredOn, today)),
  );

/** Accepted projects that built a system of which the inventory knows nothing. */
function uninventoriedProjects(db: DatabaseOrTransaction, unitId: string, today: LocalDate) {
  const ownSystem = db.select({ id: systems.id }).from(systems).where(eq(systems.projectId, projects.id));
  return acceptedOnOf(
    db
      .select({ id: projects.id, name: projects.name, acceptedOn: projects.acceptedOn })
      .from(projects)
      .where(
        and(
          eq(projects.unitId, unitId),
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
function promisedEntries(db: DatabaseOrTransaction, unitId: string, today: LocalDate) {
  return acceptedOnOf(
    db
      .select({ id: resources.id, name: resources.name, acceptedOn: projects.acceptedOn })
      .from(resources)
      .innerJoin(projects, eq(projects.id, resources.projectId))
      .where(
        and(
          eq(resources.unitId, unitId),
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
