import { eq } from "drizzle-orm";

import type { Database } from "@db/client";
import { units } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { LocalDate } from "~/kernel/local-date";
import { workdaysBetween } from "~/kernel/work-calendar";
import { loadCalendar } from "~/platform/figures.server";
import { authorize } from "~/policy";

import { filingDifferences } from "./filing-differences";
import { checkFiling } from "./filing.queries.server";
import { readProject } from "./load-project.server";
import { reviewChecklist } from "./review.checks";
import { decisionsOf, lastTwoSubmissions, latestFundingTurn } from "./review.queries.server";

/**
 * Everything the bureau's reviewer has on the bench: the filing, the checks, similar projects, earlier decisions and what
 * changed since the round before.
 * @throws DomainError notFound, forbidden
 */
export async function readReviewBench(db: Database, actor: Actor, projectId: string, today: LocalDate) {
  const project = await readProject(db, actor, projectId);
  authorize(actor, "project:review", project);
  const [checked, decisions, rounds, fundingTurn, calendar, [unit]] = await Promise.all([
    checkFiling(db, project, today),
    decisionsOf(db, projectId),
    lastTwoSubmissions(db, projectId),
    latestFundingTurn(db, projectId),
    loadCalendar(db),
    db.select({ name: units.name }).from(units).where(eq(units.id, project.unitId)),
  ]);
  return {
    project,
    unitName: unit?.name ?? "",
    filing: checked.filing,
    checklist: reviewChecklist(checked.problems),
    similar: checked.surroundings.similar,
    duplicateSimilarity: checked.duplicateSimilarity,
    decisions,
    rounds: {
      current: rounds.current?.round ?? 0,
      before: rounds.before?.round ?? null,
      receiptNumber: rounds.current?.receiptNumber ?? null,
      differences:
        rounds.current && rounds.before ? filingDifferences(rounds.before.content, rounds.current.content) : [],
    },
    concluded: fundingTurn?.outcome === "approved",
    remainingWorkdays: project.dueOn && workdaysBetween(calendar, today, project.dueOn),
  };
}
