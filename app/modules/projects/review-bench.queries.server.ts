import { eq, inArray } from "drizzle-orm";

import type { Database } from "@db/client";
import { units, users } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { LocalDate } from "~/kernel/local-date";
import { authorize, samePerson, scopeFor } from "~/policy";

import { filingDifferences } from "./filing-differences";
import { checkFiling } from "./filing.queries.server";
import { readProject } from "./load-project.server";
import { readFamily } from "./parts.queries.server";
import { reviewChecklist } from "./review.checks";
import { decisionsOf, decisionsOfOthers, lastTwoSubmissions } from "./review.queries.server";
import { latestPanel } from "./review/latest-panel.queries.server";
import { readStanding } from "./review/standing.queries.server";
import { reviewedHits } from "./similar/reviewed-hits.queries.server";
import { latestSignature, latestSubmission } from "./submissions.queries.server";

/**
 * Everything the bureau's reviewer has on the bench: the filing, the checks, similar projects, earlier decisions on this
 * and on similar projects, what changed since the round before, and who may not act.
 * @throws DomainError notFound, forbidden
 */
export async function readReviewBench(db: Database, actor: Actor, projectId: string, today: LocalDate) {
  const project = await readProject(db, actor, projectId);
  authorize(actor, "project:review", project);
  const [checked, decisions, rounds, standing, panel, [unit], submission, signature, family] = await Promise.all([
    checkFiling(db, project, today),
    decisionsOf(db, projectId),
    lastTwoSubmissions(db, projectId),
    readStanding(db, project, today),
    latestPanel(db, projectId),
    db.select({ name: units.name }).from(units).where(eq(units.id, project.unitId)),
    latestSubmission(db, projectId),
    latestSignature(db, projectId),
    readFamily(db, actor, project),
  ]);
  const { similar, foundSince } = await reviewedHits(db, projectId, checked.surroundings.similar);
  const names = [submission?.submittedBy, standing.fundingReviewerId].filter((id) => typeof id === "string");
  const [others, people] = await Promise.all([
    decisionsOfOthers(db, scopeFor(actor, "project:read"), {
      id: projectId,
      comparedName: project.comparedName,
      hits: [...similar, ...foundSince].filter(({ kind }) => kind === "project").map(({ id }) => id),
    }),
    db.select({ id: users.id, name: users.name }).from(users).where(inArray(users.id, names)),
  ]);
  const nameOf = (id: string | null | undefined) => people.find((person) => person.id === id)?.name ?? null;
  return {
    project,
    unitName: unit?.name ?? "",
    filing: checked.filing,
    checklist: reviewChecklist(checked.problems),
    notes: checked.notes,
    family,
    similar,
    foundSince,
    decisions,
    others,
    rounds: {
      current: rounds.current?.round ?? 0,
      before: rounds.before?.round ?? null,
      receiptNumber: rounds.current?.receiptNumber ?? null,
      differences:
        rounds.current && rounds.before ? filingDifferences(rounds.before.content, rounds.current.content) : [],
    },
    standing,
    panel,
    persons: {
      submittedBy: nameOf(submission?.submittedBy),
      signedBy: signature?.name ?? null,
      fundingReviewer: standing.fundingConcluded ? nameOf(standing.fundingReviewerId) : null,
      mayNotReview: samePerson(actor, submission?.submittedBy) || samePerson(actor, signature?.signedBy),
      mayNotApprove: samePerson(actor, submission?.submittedBy) || samePerson(actor, standing.fundingReviewerId),
    },
  };
}
