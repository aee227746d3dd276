import { and, eq, gte, inArray, lt } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { domainEvents } from "@db/schema";
import { endOfDay, startOfDay, type LocalDate } from "~/kernel/local-date";

import { SUPERVISION_EVENT_FACTS } from "./supervision.lifecycle";

/** Which of the items were urged on a day already. */
export async function urgedOn(
  db: DatabaseOrTransaction,
  itemIds: readonly string[],
  day: LocalDate,
): Promise<ReadonlySet<string>> {
  const rows = await db
    .select({ id: domainEvents.subjectId })
    .from(domainEvents)
    .where(
      and(
        eq(domainEvents.subjectType, "supervisionItem"),
        inArray(domainEvents.subjectId, [...itemIds]),
        eq(domainEvents.type, SUPERVISION_EVENT_FACTS.urge),
        gte(domainEvents.at, startOfDay(day)),
        lt(domainEvents.at, endOfDay(day)),
      ),
    );
  return new Set(rows.map(({ id }) => id));
}
