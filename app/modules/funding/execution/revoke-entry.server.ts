import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { EntryStepRefusal } from "./entry.rules";
import { revokeProblems, type LimitCode } from "./limits.rules";
import type { EntryRef } from "./load-entry.server";
import { takeEntryStep } from "./take-entry-step.server";
import { tellEnterer } from "./tell-about-entry.server";

/**
 * Finance takes back what was confirmed, with a reason: it is void and no longer counts. Not by who entered it; a contract
 * only while nothing was paid on it, an arrival only as far as the rest covers what was paid.
 * Refuses with notInThisState, otherPerson, reasonGiven, contractHasPayments, contractChangeOpen, arrivalsBelowPaid.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 * @source domain.md §1, §5
 */
export function revokeEntry(
  ctx: Ctx,
  ref: EntryRef & { readonly reason: string },
): Promise<Result<{ id: string }, LimitCode | EntryStepRefusal>> {
  return takeEntryStep<LimitCode>(ctx, {
    ...ref,
    event: "revoke",
    problems: (_tx, { ledger, entry }) => revokeProblems(ledger, ref.kind, entry),
    follow: (tx, { entry, project }) => tellEnterer(tx, ctx, project, { kind: ref.kind, ...entry }, "已被撤销"),
  });
}
