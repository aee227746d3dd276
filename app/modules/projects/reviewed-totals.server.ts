import { eq, sql } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { budgetLines, projects } from "@db/schema";
import { fen, type Fen } from "~/kernel/fen";

/**
 * Brings a project's reviewed total in line with its lines, in the transaction that reviewed one: the sum of all reviewed
 * amounts, or nothing as long as a line is not reviewed.
 * @unit fen
 * @source domain.md §5
 */
export async function syncReviewedTotals(tx: Transaction, projectId: string): Promise<Fen | null> {
  const [sums] = await tx
    .select({
      total: sql<string | null>`case when count(*) > 0 and count(*) = count(${budgetLines.reviewedFen})
        then sum(${budgetLines.reviewedFen}) end`,
    })
    .from(budgetLines)
    .where(eq(budgetLines.projectId, projectId));
  const reviewedFen = sums?.total ? fen(Number(sums.total)) : null;
  await tx.update(projects).set({ reviewedFen }).where(eq(projects.id, projectId));
  return reviewedFen;
}
