import { and, desc, eq, inArray, or } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { acceptanceExtensions, acceptances, domainEvents, projectChanges } from "@db/schema";

/** Everything that happened to a project, to the changes and to the acceptances of it, the newest first. */
export async function projectEvents(db: DatabaseOrTransaction, projectId: string) {
  return db
    .select({
      id: domainEvents.id,
      type: domainEvents.type,
      at: domainEvents.at,
      actorName: domainEvents.actorName,
      unitName: domainEvents.unitName,
      reason: domainEvents.reason,
      payload: domainEvents.payload,
    })
    .from(domainEvents)
    .where(
      or(
        and(eq(domainEvents.subjectType, "project"), eq(domainEvents.subjectId, projectId)),
        and(
          eq(domainEvents.subjectType, "change"),
          inArray(
            domainEvents.subjectId,
            db.select({ id: projectChanges.id }).from(projectChanges).where(eq(projectChanges.projectId, projectId)),
          ),
        ),
        and(
          eq(domainEvents.subjectType, "acceptance"),
          inArray(
            domainEvents.subjectId,
            db.select({ id: acceptances.id }).from(acceptances).where(eq(acceptances.projectId, projectId)),
          ),
        ),
        and(
          eq(domainEvents.subjectType, "acceptanceExtension"),
          inArray(
            domainEvents.subjectId,
            db
              .select({ id: acceptanceExtensions.id })
              .from(acceptanceExtensions)
              .where(eq(acceptanceExtensions.projectId, projectId)),
          ),
        ),
      ),
    )
    .orderBy(desc(domainEvents.at), desc(domainEvents.id))
    .limit(200);
}

/** Who saved a section of this filing last, and when. */
export async function lastSaver(db: DatabaseOrTransaction, projectId: string) {
  const [row] = await db
    .select({ name: domainEvents.actorName, at: domainEvents.at })
    .from(domainEvents)
    .where(
      and(
        eq(domainEvents.subjectType, "project"),
        eq(domainEvents.subjectId, projectId),
        eq(domainEvents.type, "filingSectionSaved"),
      ),
    )
    .orderBy(desc(domainEvents.at), desc(domainEvents.id))
    .limit(1);
  return row ?? null;
}
