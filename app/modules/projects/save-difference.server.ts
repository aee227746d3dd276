import { accept, type Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import { editFiling } from "./edit-filing.server";

/**
 * Saves the difference statement (差异说明): why this is not a duplicate of what resembles it. Refuses with notEditable.
 * @throws DomainError notFound, forbidden, conflict
 */
export async function saveDifference(
  ctx: Ctx,
  projectId: string,
  { version, differenceStatement }: { readonly version: number; readonly differenceStatement: string },
): Promise<Result<{ version: number }, "notEditable">> {
  return editFiling(ctx, { projectId, version }, "check", () => Promise.resolve(accept({ differenceStatement })));
}
