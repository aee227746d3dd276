import { accept, type Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";
import { samePerson } from "~/policy";

import { takeStep, type StepRef } from "../take-step.server";
import { tellUnit } from "../tell.server";
import { RECOLLECTION } from "./recollection-kind.server";
import type { RecollectionStepRefusal } from "./recollection.lifecycle";

/**
 * The bureau has seen the remedy and settles the recollection, or sends it back with a reason. Not who reported the
 * remedy.
 * Refuses with notInThisState, otherPersonThanBefore, reasonGiven.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 * @source domain.md §1, §5
 */
export function settleRecollection(
  ctx: Ctx,
  { event, opinion, ...ref }: StepRef & { readonly event: "settle" | "sendBack"; readonly opinion: string },
): Promise<Result<{ id: string }, RecollectionStepRefusal>> {
  const said = opinion.trim();
  return takeStep(ctx, RECOLLECTION, {
    ...ref,
    event,
    reason: said,
    prepare: (_tx, { remediedBy }) =>
      Promise.resolve(
        accept({
          guards: samePerson(ctx.actor, remediedBy) ? [] : (["otherPersonThanBefore"] as const),
          set: {
            opinion: said || null,
            ...(event === "settle" && { settledBy: ctx.actor.userId, settledOn: ctx.today }),
          },
        }),
      ),
    follow: (tx, recollection) =>
      tellUnit(tx, ctx, recollection, ["filer", "unitLead"], {
        title:
          event === "settle"
            ? `重复采集整改已核实：${recollection.where}`
            : `重复采集整改被退回，请继续整改：${recollection.where}`,
        href: `/gates/recollections/${recollection.id}`,
      }),
  });
}
