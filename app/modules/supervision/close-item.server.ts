import type { Result } from "~/kernel/result";
import type { AcceptedFile, MadeFile } from "~/platform/files.server";
import type { Ctx } from "~/platform/transaction.server";

import type { SupervisionRefusal } from "./supervision.rules";
import { type ItemRef, takeStep } from "./take-step.server";

/**
 * A verified item is closed (销号), with its proof in words and files. Refuses with proofGiven, otherPersonThanReplier, notInThisState.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §8
 */
export function closeItem(
  ctx: Ctx,
  {
    proof,
    files = [],
    ...ref
  }: ItemRef & { readonly proof: string; readonly files?: readonly (AcceptedFile | MadeFile)[] },
): Promise<Result<null, SupervisionRefusal>> {
  const words = proof.trim();
  return takeStep(ctx, ref, {
    event: "close",
    guards: () => (words ? ["proofGiven"] : []),
    set: () => ({ closedAt: ctx.now }),
    reason: words,
    papers: { purpose: "closing", files },
  });
}
