import { accept, type Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";
import { samePerson } from "~/policy";

import { takeStep, type StepRef } from "../take-step.server";
import { tellUnit } from "../tell.server";
import { RECOLLECTION } from "./recollection-kind.server";
import type { RecollectionStepRefusal } from "./recollection.lifecycle";

/**
 * Another person of the bureau confirms a recollection, which closes the unit's gate, or dismisses it with a reason.
 * Refuses with notInThisState, otherPersonThanBefore, reasonGiven.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 * @source domain.md §1, §5
 */
export function confirmRecollection(
  ctx: Ctx,
  { event, opinion, ...ref }: StepRef & { readonly event: "confirm" | "dismiss"; readonly opinion: string },
): Promise<Result<{ id: string }, RecollectionStepRefusal>> {
  const said = opinion.trim();
  return takeStep(ctx, RECOLLECTION, {
    ...ref,
    event,
    reason: said,
    prepare: (_tx, { reportedBy }) =>
      Promise.resolve(
        accept({
          guards: samePerson(ctx.actor, reportedBy) ? [] : (["otherPersonThanBefore"] as const),
          set: {
            confirmedBy: ctx.actor.userId,
            ...(event === "confirm" && { confirmedOn: ctx.today }),
            opinion: said || null,
          },
        }),
      ),
    follow: async (tx, recollection) => {
      if (event === "dismiss") return;
      await tellUnit(tx, ctx, recollection, ["filer", "unitLead"], {
        title: `认定重复采集，请整改：${recollection.where}`,
        href: `/gates/recollections/${recollection.id}`,
      });
    },
  });
}
