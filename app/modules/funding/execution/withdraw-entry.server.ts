import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { EntryStepRefusal } from "./entry.rules";
import type { EntryRef } from "./load-entry.server";
import { takeEntryStep } from "./take-entry-step.server";

/**
 * The side that entered something declares it void before it was confirmed. The row stays, with its reason.
 * Refuses with notInThisState, reasonGiven.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 * @source domain.md §5
 */
export function withdrawEntry(
  ctx: Ctx,
  ref: EntryRef & { readonly reason: string },
): Promise<Result<{ id: string }, EntryStepRefusal>> {
  return takeEntryStep(ctx, { ...ref, event: "withdraw" });
}
