import { eq } from "drizzle-orm";

import { budgetLines, fundingSources, yearSplits } from "@db/schema";
import { accept, type Result } from "~/kernel/result";
import { newId } from "~/platform/ids.server";
import type { Ctx } from "~/platform/transaction.server";

import { lineAmount } from "./budget.rules";
import { editFiling } from "./edit-filing.server";
import type { MoneyInput } from "./filing.schema";

/**
 * Saves the money of a filing: lines (amount = quantity × unit price), year split, sources and the declared total, which
 * is typed and later checked against them. What finance reviewed of earlier lines falls with them.
 * Refuses with notEditable.
 * @throws DomainError notFound, forbidden, conflict
 */
export async function saveMoney(
  ctx: Ctx,
  projectId: string,
  input: MoneyInput,
): Promise<Result<{ version: number }, "notEditable">> {
  return editFiling(ctx, { projectId, version: input.version }, "money", async (tx, { regionId }) => {
    await tx.delete(budgetLines).where(eq(budgetLines.projectId, projectId));
    await tx.delete(yearSplits).where(eq(yearSplits.projectId, projectId));
    await tx.delete(fundingSources).where(eq(fundingSources.projectId, projectId));
    if (input.lines.length > 0) {
      await tx.insert(budgetLines).values(
        input.lines.map(({ unitPrice, ...line }, position) => ({
          ...line,
          id: newId(),
          projectId,
          regionId,
          position,
          unitPriceFen: unitPrice,
          declaredFen: lineAmount(line.quantity, unitPrice),
        })),
      );
    }
    if (input.years.length > 0) {
      await tx
        .insert(yearSplits)
        .values(input.years.map(({ year, amount }) => ({ projectId, regionId, year, amountFen: amount })));
    }
    if (input.sources.length > 0) {
      await tx
        .insert(fundingSources)
        .values(input.sources.map(({ source, amount }) => ({ projectId, regionId, source, amountFen: amount })));
    }
    return accept({ declaredFen: input.declared, feasibilityFen: input.feasibility ?? null, reviewedFen: null });
  });
}
