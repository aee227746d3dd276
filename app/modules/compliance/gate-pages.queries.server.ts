import { and, asc, count, desc, eq, isNull, notInArray, or, sql } from "drizzle-orm";

import type { Database } from "@db/client";
import { gateChanges, gateExemptions, gateStates, recollections, resources, sanctions, units } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { LocalDate } from "~/kernel/local-date";
import { isWantedUnit, readWantedUnit } from "~/modules/identity/index.server";
import { inScope } from "~/platform/scope.server";
import { visible, type Scope } from "~/policy";

import { GATE_STANDINGS, type GateStanding } from "./gate.words";
import { readGate, readGates } from "./gate.queries.server";
import { UNCONFIRMED_RECOLLECTIONS } from "./recollection/recollection-kind.server";
import { UNCONFIRMED_SANCTIONS } from "./sanction/sanction-kind.server";
import { seesUnconfirmed } from "./take-step.server";

const PAGE_SIZE = 50;
/** So many openings and closings are shown, the latest first. */
const MOST_CHANGES = 50;

/** What the list can be asked; everything is in the address. */
export interface GateQuery {
  readonly standing: GateStanding | undefined;
  readonly unit: string | undefined;
  readonly page: number;
}

/** Reads the question from an address; what is unknown is ignored, never an error. */
export function readGateQuery(params: URLSearchParams): GateQuery {
  const page = Number(params.get("page"));
  return {
    standing: (Object.keys(GATE_STANDINGS) as GateStanding[]).find((standing) => standing === params.get("state")),
    unit: readWantedUnit(params),
    page: Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1,
  };
}

const isStanding = (standing: GateStanding) => {
  switch (standing) {
    case "closed":
      return eq(gateStates.open, false);
    case "exempted":
      return and(eq(gateStates.open, true), eq(gateStates.exempted, true));
    case "open":
      return or(isNull(gateStates.unitId), and(eq(gateStates.open, true), eq(gateStates.exempted, false)));
  }
};

/**
 * One page of the gates within a scope, the closed ones first; and how many there are in all. Which units are shown is
 * asked of the gates as they were last looked at; what is told of each is computed now.
 */
export async function listGates(db: Database, scope: Scope, query: GateQuery, today: LocalDate) {
  const where = and(
    isNull(units.closedOn),
    inScope(scope, { unitId: units.id, regionId: units.regionId }),
    query.standing && isStanding(query.standing),
    isWantedUnit(units.id, query.unit),
  );
  const [rows, [total]] = await Promise.all([
    db
      .select({ unitId: units.id, unitName: units.name, sinceOn: gateStates.sinceOn })
      .from(units)
      .leftJoin(gateStates, eq(gateStates.unitId, units.id))
      .where(where)
      .orderBy(
        sql`coalesce(${gateStates.open}, true)`,
        sql`not coalesce(${gateStates.exempted}, false)`,
        asc(units.group),
        asc(units.position),
        asc(units.id),
      )
      .limit(PAGE_SIZE)
      .offset((query.page - 1) * PAGE_SIZE),
    db.select({ n: count() }).from(units).leftJoin(gateStates, eq(gateStates.unitId, units.id)).where(where),
  ]);
  const gates = await readGates(
    db,
    rows.map(({ unitId }) => unitId),
    today,
  );
  return {
    rows: rows.flatMap((row) => {
      const gate = gates.get(row.unitId);
      return gate ? [{ ...row, ...gate }] : [];
    }),
    total: total?.n ?? 0,
    pageSize: PAGE_SIZE,
  };
}

/**
 * The gate of one unit with everything that bears on it: exemptions, sanctions, recollections, and how it opened and
 * closed before.
 * @throws DomainError notFound outside the actor's sight
 */
export async function readGatePage(db: Database, actor: Actor, unitId: string, today: LocalDate) {
  const [found] = await db
    .select({ unitId: units.id, regionId: units.regionId, name: units.name })
    .from(units)
    .where(eq(units.id, unitId));
  const unit = visible(actor, "gate:read", found, "gate");
  const all = seesUnconfirmed(actor);
  const [gate, [state], changes, exemptions, sanctioned, recollected] = await Promise.all([
    readGate(db, unitId, today),
    db.select().from(gateStates).where(eq(gateStates.unitId, unitId)),
    db
      .select()
      .from(gateChanges)
      .where(eq(gateChanges.unitId, unitId))
      .orderBy(desc(gateChanges.at), desc(gateChanges.id))
      .limit(MOST_CHANGES),
    db
      .select({
        id: gateExemptions.id,
        number: gateExemptions.number,
        state: gateExemptions.state,
        reason: gateExemptions.reason,
        fromOn: gateExemptions.fromOn,
        untilOn: gateExemptions.untilOn,
        revokedOn: gateExemptions.revokedOn,
      })
      .from(gateExemptions)
      .where(eq(gateExemptions.unitId, unitId))
      .orderBy(desc(gateExemptions.number)),
    db
      .select({
        id: sanctions.id,
        number: sanctions.number,
        rung: sanctions.rung,
        state: sanctions.state,
        reason: sanctions.reason,
        fromOn: sanctions.fromOn,
        dueOn: sanctions.dueOn,
        liftedOn: sanctions.liftedOn,
      })
      .from(sanctions)
      .where(
        and(eq(sanctions.unitId, unitId), all ? undefined : notInArray(sanctions.state, [...UNCONFIRMED_SANCTIONS])),
      )
      .orderBy(desc(sanctions.number)),
    db
      .select({
        id: recollections.id,
        state: recollections.state,
        where: recollections.where,
        resourceName: resources.name,
        reportedAt: recollections.reportedAt,
        settledOn: recollections.settledOn,
      })
      .from(recollections)
      .innerJoin(resources, eq(resources.id, recollections.resourceId))
      .where(
        and(
          eq(recollections.unitId, unitId),
          all ? undefined : notInArray(recollections.state, [...UNCONFIRMED_RECOLLECTIONS]),
        ),
      )
      .orderBy(desc(recollections.reportedAt)),
  ]);
  return {
    unit,
    gate,
    sinceOn: state?.sinceOn ?? null,
    changes,
    exemptions,
    sanctions: sanctioned,
    recollections: recollected,
  };
}
