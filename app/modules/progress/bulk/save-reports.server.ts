import { accept, type Result } from "~/kernel/result";
import { inTransaction, type Ctx } from "~/platform/transaction.server";

import { editReports, type RowOutcomes, type TypedReport } from "./edit-reports.server";

/**
 * Saves the rows of the grid, and hands in those that are to be submitted, in one transaction: good rows are kept, each
 * other one is refused for itself. Refuses nothing as a whole.
 * @throws DomainError notFound when a report lies outside the actor's sight, forbidden; then nothing is written
 * @source domain.md §7
 */
export async function saveReports(ctx: Ctx, rows: readonly TypedReport[]): Promise<Result<RowOutcomes, never>> {
  return inTransaction<RowOutcomes, never>(ctx, async (tx) => accept(await editReports(tx, ctx, rows)));
}
