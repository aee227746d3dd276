import { and, asc, eq } from "drizzle-orm";

import { budgetLines, projects } from "@db/schema";
import type { Fen } from "~/kernel/fen";
import { accept, conflict, notFound, refuse, type Refusal, type Result } from "~/kernel/result";
import { syncReviewedTotals } from "~/modules/projects/index.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import type { FundingCode } from "./funding.refusals";
import { fundingTotals, lineProblem, type FundingTotals, type LineCode } from "./line.rules";
import { loadOpenReview, type ReviewRef } from "./load-review.server";

export interface LineReview {
  readonly id: string;
  /** null: not reviewed yet @unit fen */
  readonly reviewedFen: Fen | null;
  /** why it was cut; forgotten when it was not */
  readonly reason: string;
}

export interface LinesReview extends ReviewRef {
  readonly lines: readonly LineReview[];
  /** what becomes of lines without an amount: they stay open, or are reviewed as declared */
  readonly rest: "open" | "asDeclared";
}

/**
 * Finance reviews the lines of a project, all in one save: reviewed amount, and the reason of each cut. The project's
 * reviewed total follows in the same transaction; lines that are not named stay as they are.
 * Refuses with notUnderFundingReview, alreadyConcluded, and for each line reviewedAboveDeclared, reviewedNegative,
 * cutReasonMissing.
 * @throws DomainError notFound, forbidden; conflict when another save came first
 * @source domain.md §5
 */
export async function reviewLines(
  ctx: Ctx,
  { rest, lines: given, ...ref }: LinesReview,
): Promise<Result<FundingTotals, FundingCode>> {
  return inTransaction<FundingTotals, FundingCode>(ctx, async (tx) => {
    const loaded = await loadOpenReview(tx, ctx, ref);
    if (!loaded.ok) return loaded;
    const project = loaded.value;
    authorize(ctx.actor, "funding:review", project);

    const before = await tx
      .select()
      .from(budgetLines)
      .where(eq(budgetLines.projectId, project.id))
      .orderBy(asc(budgetLines.position));
    if (given.some(({ id }) => !before.some((line) => line.id === id))) throw notFound("budgetLine");
    const reviewed = before.map((line) => {
      const review = given.find(({ id }) => id === line.id);
      if (!review) return line;
      const reviewedFen = review.reviewedFen ?? (rest === "asDeclared" ? line.declaredFen : null);
      const isCut = reviewedFen !== null && reviewedFen < line.declaredFen;
      return { ...line, reviewedFen, cutReason: isCut ? review.reason.trim() : null };
    });
    const problems = given.flatMap(({ id, reason }, index): Refusal<LineCode>[] => {
      const line = reviewed.find((candidate) => candidate.id === id);
      const code = line && lineProblem(line, reason);
      if (!code) return [];
      const field = `lines[${index}].${code === "cutReasonMissing" ? "reason" : "reviewed"}`;
      return [{ code, field, facts: { name: line.name } }];
    });
    if (problems.length > 0) return refuse(...problems);

    const after = reviewed.map((line, index) => {
      const was = before[index];
      const same = was?.reviewedFen === line.reviewedFen && was.cutReason === line.cutReason;
      return same ? line : { ...line, reviewedBy: line.reviewedFen === null ? null : ctx.actor.userId };
    });
    for (const { id, reviewedFen, cutReason, reviewedBy } of after) {
      await tx.update(budgetLines).set({ reviewedFen, cutReason, reviewedBy }).where(eq(budgetLines.id, id));
    }
    await syncReviewedTotals(tx, project.id);
    const written = await tx
      .update(projects)
      .set({ updatedAt: ctx.now, version: project.version + 1 })
      .where(and(eq(projects.id, project.id), eq(projects.version, project.version)))
      .returning({ id: projects.id });
    if (written.length === 0) throw conflict("project");
    const totals = fundingTotals(after);
    await record(tx, ctx, {
      action: "funding:review",
      event: "fundingLinesReviewed",
      object: { type: "project", id: project.id, regionId: project.regionId },
      before,
      after,
      payload: { ...totals, name: project.name },
    });
    return accept(totals);
  });
}
