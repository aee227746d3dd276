import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { ExtensionStepRefusal } from "./acceptance.rules";
import type { ExtensionRef } from "./load-acceptance.server";
import { takeExtensionStep } from "./take-extension-step.server";
import { tell } from "./tell.server";

/**
 * The unit's leader signs a request for a later limit, or does not agree and says why. Nobody signs what he asked for.
 * Refuses with notInThisState, otherPersonThanBefore, reasonGiven.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 * @source domain.md §1, §2
 */
export function signExtension(
  ctx: Ctx,
  { event, opinion, ...ref }: ExtensionRef & { readonly event: "sign" | "decline"; readonly opinion: string },
): Promise<Result<{ id: string }, ExtensionStepRefusal>> {
  const signs = event === "sign";
  return takeExtensionStep(ctx, {
    ...ref,
    event,
    reason: opinion,
    set: signs ? { signedBy: ctx.actor.userId, signedAt: ctx.now } : { opinion: opinion.trim() },
    follow: (tx, { project }) =>
      signs
        ? tell(tx, ctx, project, ["bureauReviewer"], "请办理延期验收申请")
        : tell(tx, ctx, project, ["filer"], "延期验收申请未获分管领导同意"),
  });
}
