import { and, desc, eq } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { domainEvents, projectSubmissions } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { samePerson } from "~/policy";

import { PROJECT_EVENT_FACTS } from "./project.lifecycle";

/** Who handed in the latest round, when, and under which receipt number; undefined before the first submission. */
export async function latestSubmission(db: DatabaseOrTransaction, projectId: string) {
  const [row] = await db
    .select({
      round: projectSubmissions.round,
      receiptNumber: projectSubmissions.receiptNumber,
      digest: projectSubmissions.digest,
      submittedBy: projectSubmissions.submittedBy,
      submittedAt: projectSubmissions.submittedAt,
    })
    .from(projectSubmissions)
    .where(eq(projectSubmissions.projectId, projectId))
    .orderBy(desc(projectSubmissions.round))
    .limit(1);
  return row;
}

/** The last signature under a filing: who gave it, and when; undefined before the first. */
export async function latestSignature(db: DatabaseOrTransaction, projectId: string) {
  const [row] = await db
    .select({ signedBy: domainEvents.actorId, name: domainEvents.actorName, at: domainEvents.at })
    .from(domainEvents)
    .where(
      and(
        eq(domainEvents.subjectType, "project"),
        eq(domainEvents.subjectId, projectId),
        eq(domainEvents.type, PROJECT_EVENT_FACTS.sign),
      ),
    )
    .orderBy(desc(domainEvents.at), desc(domainEvents.id))
    .limit(1);
  return row;
}

/**
 * Did the person have a hand in the filing that lies before the bureau? Who submitted or signed it does not review it.
 * @source domain.md §1
 */
export async function hadAHandIn(db: DatabaseOrTransaction, projectId: string, actor: Actor): Promise<boolean> {
  const [submission, signature] = await Promise.all([latestSubmission(db, projectId), latestSignature(db, projectId)]);
  return samePerson(actor, submission?.submittedBy) || samePerson(actor, signature?.signedBy);
}
