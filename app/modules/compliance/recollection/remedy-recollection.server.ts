import { accept, type Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import { takeStep, type StepRef } from "../take-step.server";
import { tellRegion } from "../tell.server";
import { RECOLLECTION } from "./recollection-kind.server";
import type { RecollectionStepRefusal } from "./recollection.lifecycle";

/**
 * The unit reports what it did about a recollection.
 * Refuses with notInThisState, remedyGiven.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 */
export function remedyRecollection(
  ctx: Ctx,
  { opinion, ...ref }: StepRef & { readonly opinion: string },
): Promise<Result<{ id: string }, RecollectionStepRefusal>> {
  const remedy = opinion.trim();
  return takeStep(ctx, RECOLLECTION, {
    ...ref,
    event: "remedy",
    reason: remedy,
    prepare: () =>
      Promise.resolve(
        accept({
          guards: remedy ? (["remedyGiven"] as const) : [],
          set: { remedy, remediedBy: ctx.actor.userId },
        }),
      ),
    follow: (tx, { id, regionId, where }) =>
      tellRegion(tx, ctx, regionId, "bureauReviewer", {
        title: `请核实重复采集的整改：${where}`,
        href: `/gates/recollections/${id}`,
      }),
  });
}
