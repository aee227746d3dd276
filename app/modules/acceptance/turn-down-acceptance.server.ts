import { accept, type Result } from "~/kernel/result";
import { ACCEPTANCE_KINDS } from "~/kernel/vocabulary";
import type { Ctx } from "~/platform/transaction.server";

import type { AcceptanceStepRefusal } from "./acceptance.rules";
import { isPanelOpen } from "./gate-facts.queries.server";
import type { AcceptanceRef } from "./load-acceptance.server";
import { takeStep } from "./take-step.server";
import { tell } from "./tell.server";

/**
 * The bureau returns an application for its papers to be supplemented, or finds that it does not pass: the project stays
 * where it is, and the unit may apply once more. Both with the reason; experts who still judge are waited for before a
 * failure, and sent home by a return.
 * Refuses with notInThisState, reasonGiven, otherPersonThanBefore, noPanelOpen.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 * @source domain.md §2
 */
export function turnDownAcceptance(
  ctx: Ctx,
  {
    event,
    opinion,
    ...ref
  }: AcceptanceRef & { readonly event: "returnForSupplement" | "fail"; readonly opinion: string },
): Promise<Result<{ id: string }, AcceptanceStepRefusal>> {
  const failed = event === "fail";
  return takeStep(ctx, {
    ...ref,
    event,
    reason: opinion,
    prepare: async (tx, { project }) =>
      accept({
        guards: (await isPanelOpen(tx, project.id)) ? [] : ["noPanelOpen"],
        set: {
          opinion: opinion.trim(),
          dueOn: null,
          ...(failed && { decidedBy: ctx.actor.userId, decidedAt: ctx.now }),
        },
      }),
    follow: async (tx, { acceptance, project }) => {
      const what = `${ACCEPTANCE_KINDS[acceptance.kind]}${failed ? "未通过" : "材料退回补正"}`;
      await tell(tx, ctx, project, ["filer", "unitLead"], what);
      return accept(null);
    },
  });
}
