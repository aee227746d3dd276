import { and, asc, desc, eq, isNotNull } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { projectSubmissions, reviews, users } from "@db/schema";

/** Finance's latest turn on a project: open while closedAt is null, concluded when its outcome is approved. */
export async function latestFundingTurn(db: DatabaseOrTransaction, projectId: string) {
  const [turn] = await db
    .select({
      round: reviews.round,
      dueOn: reviews.dueOn,
      closedAt: reviews.closedAt,
      outcome: reviews.outcome,
      reviewerId: reviews.reviewerId,
      opinion: reviews.opinion,
    })
    .from(reviews)
    .where(and(eq(reviews.projectId, projectId), eq(reviews.kind, "funding")))
    .orderBy(desc(reviews.round))
    .limit(1);
  return turn;
}

/** What the desks decided so far, the oldest first; turns that a withdrawal ended have no outcome. */
export async function decisionsOf(db: DatabaseOrTransaction, projectId: string) {
  return db
    .select({
      id: reviews.id,
      kind: reviews.kind,
      round: reviews.round,
      outcome: reviews.outcome,
      opinion: reviews.opinion,
      closedAt: reviews.closedAt,
      dueOn: reviews.dueOn,
      reviewerName: users.name,
    })
    .from(reviews)
    .leftJoin(users, eq(users.id, reviews.reviewerId))
    .where(and(eq(reviews.projectId, projectId), isNotNull(reviews.closedAt)))
    .orderBy(asc(reviews.closedAt));
}

/** What was handed in this round and the round before, as it was; before is absent in the first. */
export async function lastTwoSubmissions(db: DatabaseOrTransaction, projectId: string) {
  const [current, before] = await db
    .select({
      round: projectSubmissions.round,
      content: projectSubmissions.content,
      receiptNumber: projectSubmissions.receiptNumber,
      submittedAt: projectSubmissions.submittedAt,
    })
    .from(projectSubmissions)
    .where(eq(projectSubmissions.projectId, projectId))
    .orderBy(desc(projectSubmissions.round))
    .limit(2);
  return { current, before };
}
