import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { DemandStepRefusal } from "./demand.rules";
import { takeDemandStep, type DemandRef } from "./take-demand-step.server";
import { tellParties } from "./tell-party.server";

/**
 * The bureau returns a demand that is not lawful as it stands. Refuses with notInThisState, reasonGiven.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §4
 */
export const returnDemand = (
  ctx: Ctx,
  { reason, ...ref }: DemandRef & { readonly reason: string },
): Promise<Result<null, DemandStepRefusal>> =>
  takeDemandStep(ctx, ref, {
    event: "returnDemand",
    reason,
    set: { returnReason: reason },
    afterwards: (tx, after) => tellParties(tx, ctx, after, "数据局已退回数据需求，请修改", [["requester", "filer"]]),
  });
