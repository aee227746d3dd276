import { inArray } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { units } from "@db/schema";
import { notFound } from "~/kernel/result";
import type { LocalDate } from "~/kernel/local-date";
import { loadCalendars } from "~/platform/calendar.server";
import { loadFigures } from "~/platform/figures.server";

import { readGateFacts } from "./gate-facts.queries.server";
import { decideGate, gateLimitsOf } from "./gate.rules";
import type { Gate } from "./gate.types";

/** The sharing gate of a unit on a day, each reason with its record. @source domain.md §5 */
export async function readGate(db: DatabaseOrTransaction, unitId: string, today: LocalDate): Promise<Gate> {
  const gate = (await readGates(db, [unitId], today)).get(unitId);
  if (!gate) throw notFound("gate");
  return gate;
}

/** The gates of many units on a day, by unit, with as many statements as for one. */
export async function readGates(
  db: DatabaseOrTransaction,
  unitIds: readonly string[],
  today: LocalDate,
): Promise<ReadonlyMap<string, Gate>> {
  const [calendarOf, figures, regionOf] = await Promise.all([
    loadCalendars(db),
    loadFigures(db, today),
    regionsOfUnits(db, unitIds),
  ]);
  const limits = gateLimitsOf(figures);
  const facts = await readGateFacts(db, unitIds, today, limits);
  return new Map(
    [...facts].map(([unitId, known]) => [
      unitId,
      decideGate(known, today, calendarOf(regionOf.get(unitId) ?? ""), limits),
    ]),
  );
}

async function regionsOfUnits(db: DatabaseOrTransaction, unitIds: readonly string[]) {
  const rows = await db
    .select({ id: units.id, regionId: units.regionId })
    .from(units)
    .where(inArray(units.id, [...unitIds]));
  return new Map(rows.map(({ id, regionId }) => [id, regionId]));
}
