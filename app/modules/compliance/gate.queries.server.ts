import type { DatabaseOrTransaction } from "@db/client";
import { notFound } from "~/kernel/result";
import type { LocalDate } from "~/kernel/local-date";
import { loadCalendar } from "~/platform/calendar.server";
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
  const [calendar, figures] = await Promise.all([loadCalendar(db), loadFigures(db, today)]);
  const limits = gateLimitsOf(figures);
  const facts = await readGateFacts(db, unitIds, today, limits);
  return new Map([...facts].map(([unitId, known]) => [unitId, decideGate(known, today, calendar, limits)]));
}
