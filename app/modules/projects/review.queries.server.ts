import { and, asc, desc, eq, inArray, isNotNull, ne, or, sql } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { projects, projectSubmissions, reviews, users } from "@db/schema";
import { inScope } from "~/platform/scope.server";
import type { Scope } from "~/policy";

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
      lateWorkdays: reviews.lateWorkdays,
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

/**
 * What was decided of the projects that 查重 found, and of rejected ones of a similar name, which it does not look at: the
 * latest first, and only of those within the actor's sight.
 * @source product: the bureau's workbench, previous decisions
 */
export async function decisionsOfOthers(
  db: DatabaseOrTransaction,
  scope: Scope,
  subject: { readonly id: string; readonly comparedName: string; readonly hits: readonly string[] },
) {
  const rejectedAlike = and(
    eq(projects.stage, "rejected"),
    sql`${projects.comparedName} % ${subject.comparedName}`,
    ne(projects.id, subject.id),
  );
  return db
    .select({
      id: reviews.id,
      projectId: reviews.projectId,
      projectName: projects.name,
      kind: reviews.kind,
      outcome: reviews.outcome,
      opinion: reviews.opinion,
      closedAt: reviews.closedAt,
    })
    .from(reviews)
    .innerJoin(projects, eq(projects.id, reviews.projectId))
    .where(
      and(
        or(rejectedAlike, inArray(reviews.projectId, [...subject.hits])),
        isNotNull(reviews.outcome),
        // that the papers were in order says nothing about the case
        or(eq(reviews.kind, "approval"), ne(reviews.outcome, "approved")),
        ne(reviews.kind, "funding"),
        inScope(scope, { unitId: projects.unitId, regionId: projects.regionId }),
      ),
    )
    .orderBy(desc(reviews.closedAt))
    .limit(12);
}
