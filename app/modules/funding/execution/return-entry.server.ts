import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { EntryStepRefusal } from "./entry.rules";
import type { EntryRef } from "./load-entry.server";
import { takeEntryStep } from "./take-entry-step.server";
import { tellEnterer } from "./tell-about-entry.server";

/**
 * Who would confirm an entry gives it back with a reason; who entered it corrects it or withdraws it.
 * Refuses with notInThisState, otherPerson, reasonGiven.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 * @source domain.md §1, §5
 */
export function returnEntry(
  ctx: Ctx,
  ref: EntryRef & { readonly reason: string },
): Promise<Result<{ id: string }, EntryStepRefusal>> {
  return takeEntryStep(ctx, {
    ...ref,
    event: "return",
    follow: (tx, { entry, project }) => tellEnterer(tx, ctx, project, { kind: ref.kind, ...entry }, "已退回更正"),
  });
}
