import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { SupervisionRefusal } from "./supervision.rules";
import { tellUnit } from "./tell-unit.server";
import { type ItemRef, takeStep } from "./take-step.server";

/**
 * What was replied does not do: the unit works on, with the reason. Refuses with reasonGiven, notInThisState.
 * @throws DomainError notFound, forbidden, conflict
 */
export function sendBackItem(
  ctx: Ctx,
  { reason, ...ref }: ItemRef & { readonly reason: string },
): Promise<Result<null, SupervisionRefusal>> {
  const words = reason.trim();
  return takeStep(ctx, ref, {
    event: "sendBack",
    guards: () => (words ? ["reasonGiven"] : []),
    set: () => ({ verifiedBy: null }),
    reason: words,
    afterwards: (tx, item) => tellUnit(tx, ctx, item, "督办退回重办"),
  });
}
