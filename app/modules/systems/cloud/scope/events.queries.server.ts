import { and, desc, eq } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { domainEvents } from "@db/schema";

/** What happened to a batch or a proposal of scope, the latest first. */
export const eventsOf = (db: DatabaseOrTransaction, subjectType: "cloudBatch" | "scopeDecision", subjectId: string) =>
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
    .where(and(eq(domainEvents.subjectType, subjectType), eq(domainEvents.subjectId, subjectId)))
    .orderBy(desc(domainEvents.at), desc(domainEvents.id));
