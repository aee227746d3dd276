import { accept, type Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import { takeStep, type StepRef } from "../take-step.server";
import { tellUnit } from "../tell.server";
import { EXEMPTION } from "./exemption-kind.server";
import type { ExemptionStepRefusal } from "./exemption.lifecycle";

/**
 * The bureau takes an exemption back with a reason; from today it holds no more. One that has ended is left as it is.
 * Refuses with notInThisState, reasonGiven, notOver.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 */
export const revokeExemption = (
  ctx: Ctx,
  { opinion, ...ref }: StepRef & { readonly opinion: string },
): Promise<Result<{ id: string }, ExemptionStepRefusal>> =>
  takeStep(ctx, EXEMPTION, {
    ...ref,
    event: "revoke",
    reason: opinion,
    prepare: (_tx, { untilOn }) =>
      Promise.resolve(
        accept({
          guards: untilOn >= ctx.today ? (["notOver"] as const) : [],
          set: { revokedBy: ctx.actor.userId, revokedOn: ctx.today },
        }),
      ),
    follow: (tx, exemption) =>
      tellUnit(tx, ctx, exemption, ["filer", "unitLead"], {
        title: "共享闸口豁免已被收回",
        href: `/gates/exemptions/${exemption.id}`,
      }),
  });
