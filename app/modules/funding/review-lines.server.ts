import { and, asc, eq, sql } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { budgetLines, projects } from "@db/schema";
import { accept, conflict, notFound, type Result } from "~/kernel/result";
import { syncReviewedTotals } from "~/modules/projects/index.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import type { FundingCode } from "./funding.refusals";
import { applyReviews, fundingTotals, type FundingTotals, type LineReview, type RestOfLines } from "./line.rules";
import { loadOpenReview, type ReviewRef } from "./load-review.server";

export interface LinesReview extends ReviewRef {
  readonly lines: readonly LineReview[];
  readonly rest: RestOfLines;
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
    const reviewed = applyReviews(before, given, rest);
    if (!reviewed.ok) return reviewed;

    const changed = reviewed.value.filter((line, index) => {
      const was = before[index];
      return was?.reviewedFen !== line.reviewedFen || was.cutReason !== line.cutReason;
    });
    const signed = new Map(
      changed.map((line) => [line.id, { ...line, reviewedBy: line.reviewedFen === null ? null : ctx.actor.userId }]),
    );
    await writeReviews(tx, [...signed.values()]);
    const after = reviewed.value.map((line) => signed.get(line.id) ?? line);
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

/** The lines that a save changed, in one statement. */
async function writeReviews(tx: Transaction, lines: readonly (typeof budgetLines.$inferSelect)[]): Promise<void> {
  if (lines.length === 0) return;
  const packed = JSON.stringify(
    lines.map(({ id, reviewedFen, cutReason, reviewedBy }) => ({ id, reviewedFen, cutReason, reviewedBy })),
  );
  await tx.execute(sql`
    update ${budgetLines} l set reviewed_fen = r."reviewedFen", cut_reason = r."cutReason", reviewed_by = r."reviewedBy"
    from jsonb_to_recordset(${packed}::text::jsonb)
      as r (id uuid, "reviewedFen" bigint, "cutReason" text, "reviewedBy" text)
    where l.id = r.id`);
}
