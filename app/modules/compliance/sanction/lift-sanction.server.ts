import { accept, type Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";
import { samePerson } from "~/policy";

import { takeStep, type StepRef } from "../take-step.server";
import { tellUnit } from "../tell.server";
import { SANCTION } from "./sanction-kind.server";
import type { SanctionStepRefusal } from "./sanction.lifecycle";
import { sanctionName } from "./sanction.rules";

/**
 * The bureau has seen that the demand is met and lifts the sanction from today, or sends it back with a reason. A project
 * that was halted goes on only when it is resumed by its own step.
 * Refuses with notInThisState, otherPersonThanBefore, reasonGiven.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 * @source domain.md §1, §5
 */
export function liftSanction(
  ctx: Ctx,
  { event, opinion, ...ref }: StepRef & { readonly event: "lift" | "sendBack"; readonly opinion: string },
): Promise<Result<{ id: string }, SanctionStepRefusal>> {
  const said = opinion.trim();
  return takeStep(ctx, SANCTION, {
    ...ref,
    event,
    reason: said,
    prepare: (_tx, { remediedBy }) =>
      Promise.resolve(
        accept({
          guards: samePerson(ctx.actor, remediedBy) ? [] : (["otherPersonThanBefore"] as const),
          set: {
            decidedBy: ctx.actor.userId,
            opinion: said || null,
            ...(event === "lift" && { liftedOn: ctx.today }),
          },
        }),
      ),
    follow: (tx, sanction) =>
      tellUnit(tx, ctx, sanction, ["filer", "unitLead"], {
        title: `${sanctionName(sanction)}${event === "lift" ? "已解除" : "的整改被退回，请继续整改"}`,
        href: `/sanctions/${sanction.id}`,
      }),
  });
}
