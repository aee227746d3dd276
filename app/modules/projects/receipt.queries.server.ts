import { eq } from "drizzle-orm";

import type { Database } from "@db/client";
import { units, users } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { LocalDate } from "~/kernel/local-date";
import { notFound } from "~/kernel/result";
import { loadFigures } from "~/platform/figures.server";

import { filingDifferences } from "./filing-differences";
import { readProject } from "./load-project.server";
import { readStanding } from "./review/standing.queries.server";
import { lastTwoSubmissions } from "./review.queries.server";
import { latestSubmission } from "./submissions.queries.server";

/**
 * What was handed in last, as a receipt: number, time, digest, what comes next and within which limits, and what changed
 * since the round before.
 * @throws DomainError notFound before the first submission
 */
export async function readReceipt(db: Database, actor: Actor, projectId: string, today: LocalDate) {
  const project = await readProject(db, actor, projectId);
  const [submission, rounds, standing, figures, [unit]] = await Promise.all([
    latestSubmission(db, projectId),
    lastTwoSubmissions(db, projectId),
    readStanding(db, project, today),
    loadFigures(db, today),
    db.select({ name: units.name }).from(units).where(eq(units.id, project.unitId)),
  ]);
  if (!submission) throw notFound("submission");
  const [person] = await db.select({ name: users.name }).from(users).where(eq(users.id, submission.submittedBy));
  return {
    project: {
      id: project.id,
      name: project.name,
      code: project.code,
      stage: project.stage,
      declaredFen: project.declaredFen,
      dueOn: project.dueOn,
    },
    unitName: unit?.name ?? "",
    submission,
    submittedByName: person?.name ?? "",
    standing,
    limits: {
      formCheck: figures.number("review.formCheckWorkdays"),
      approval: figures.number("review.approvalWorkdays"),
      funding: figures.number("review.fundingWorkdays"),
    },
    since: rounds.before
      ? { round: rounds.before.round, differences: filingDifferences(rounds.before.content, rounds.current?.content) }
      : null,
  };
}
