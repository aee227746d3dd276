import type { Result } from "~/kernel/result";
import type { SharingMethod } from "~/kernel/vocabulary";
import type { Ctx } from "~/platform/transaction.server";

import type { DemandStepRefusal } from "./demand.rules";
import { takeDemandStep, type DemandRef } from "./take-demand-step.server";
import { tellParties } from "./tell-party.server";

/**
 * The provider's filer hands the data over and says how; from now the requester has the right to use them.
 * Refuses with notInThisState.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §4
 */
export const deliverDemand = (
  ctx: Ctx,
  { method, note, ...ref }: DemandRef & { readonly method: SharingMethod; readonly note: string },
): Promise<Result<null, DemandStepRefusal>> =>
  takeDemandStep(ctx, ref, {
    event: "deliver",
    set: { deliveredBy: ctx.actor.userId, deliveredAt: ctx.now, deliveryNote: note, method },
    payload: { note, method, deliveredOn: ctx.today },
    afterwards: (tx, after) => tellParties(tx, ctx, after, "数据已提供，请使用后评价", [["requester", "filer"]]),
  });
