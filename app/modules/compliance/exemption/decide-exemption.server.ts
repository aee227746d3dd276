import { accept, type Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";
import { samePerson } from "~/policy";

import { takeStep, type StepRef } from "../take-step.server";
import { tellUnit } from "../tell.server";
import { EXEMPTION } from "./exemption-kind.server";
import type { ExemptionStepRefusal } from "./exemption.lifecycle";

/**
 * The bureau approves an exemption with its opinion, or refuses it with a reason. Neither who asked nor who signed
 * decides, and what has run out already is not approved any more.
 * Refuses with notInThisState, otherPersonThanBefore, opinionGiven, reasonGiven, notOver.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 * @source domain.md §1, §5
 */
export function decideExemption(
  ctx: Ctx,
  { event, opinion, ...ref }: StepRef & { readonly event: "approve" | "refuse"; readonly opinion: string },
): Promise<Result<{ id: string }, ExemptionStepRefusal>> {
  const said = opinion.trim();
  return takeStep(ctx, EXEMPTION, {
    ...ref,
    event,
    reason: said,
    prepare: (_tx, { requestedBy, signedBy, untilOn }) => {
      const otherPerson = ![requestedBy, signedBy].some((id) => samePerson(ctx.actor, id));
      return Promise.resolve(
        accept({
          guards: [
            ...(otherPerson ? (["otherPersonThanBefore"] as const) : []),
            ...(said ? (["opinionGiven"] as const) : []),
            ...(untilOn >= ctx.today ? (["notOver"] as const) : []),
          ],
          set: { approvedBy: ctx.actor.userId, approvedAt: ctx.now, opinion: said || null },
        }),
      );
    },
    follow: (tx, exemption) =>
      tellUnit(tx, ctx, exemption, ["filer", "unitLead"], {
        title: event === "approve" ? "共享闸口豁免已批准" : "共享闸口豁免未获批准",
        href: `/gates/exemptions/${exemption.id}`,
      }),
  });
}
