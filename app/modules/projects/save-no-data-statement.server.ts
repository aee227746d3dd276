import { accept, type Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import { editFiling } from "./edit-filing.server";
import type { NoDataInput } from "./filing.schema";

/**
 * Saves the written statement that a project neither produces nor needs data; the bureau reviews it with the filing.
 * Refuses with notEditable.
 * @throws DomainError notFound, forbidden, conflict
 */
export async function saveNoDataStatement(
  ctx: Ctx,
  projectId: string,
  { version, noDataStatement }: NoDataInput,
): Promise<Result<{ version: number }, "notEditable">> {
  return editFiling(ctx, { projectId, version }, "data", () => Promise.resolve(accept({ noDataStatement })));
}
