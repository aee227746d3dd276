import { accept, type Result } from "~/kernel/result";
import { ACCEPTANCE_KINDS } from "~/kernel/vocabulary";
import type { Ctx } from "~/platform/transaction.server";

import type { AcceptanceStepRefusal } from "./acceptance.rules";
import type { AcceptanceRef } from "./load-acceptance.server";
import { takeStep } from "./take-step.server";
import { tell } from "./tell.server";

/**
 * The unit's leader sends an application back to whoever wrote it, with a reason.
 * Refuses with notInThisState, reasonGiven.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 */
export function declineAcceptance(
  ctx: Ctx,
  { opinion, ...ref }: AcceptanceRef & { readonly opinion: string },
): Promise<Result<{ id: string }, AcceptanceStepRefusal>> {
  return takeStep(ctx, {
    ...ref,
    event: "decline",
    reason: opinion,
    follow: async (tx, { acceptance, project }) => {
      await tell(tx, ctx, project, ["filer"], `${ACCEPTANCE_KINDS[acceptance.kind]}申请被分管领导退回`);
      return accept(null);
    },
  });
}
