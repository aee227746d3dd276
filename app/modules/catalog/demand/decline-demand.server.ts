import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { DemandStepRefusal } from "./demand.rules";
import { takeDemandStep, type DemandRef } from "./take-demand-step.server";
import { tellParties } from "./tell-party.server";

/**
 * The requester's leader sends an application back to who drafted it. Refuses with notInThisState, appliedForItself,
 * reasonGiven.
 * @throws DomainError notFound, forbidden, conflict
 */
export const declineDemand = (
  ctx: Ctx,
  { reason, ...ref }: DemandRef & { readonly reason: string },
): Promise<Result<null, DemandStepRefusal>> =>
  takeDemandStep(ctx, ref, {
    event: "decline",
    reason,
    set: { returnReason: reason },
    afterwards: (tx, after) => tellParties(tx, ctx, after, "本单位已退回数据需求，请修改", [["requester", "filer"]]),
  });
