import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { SupervisionRefusal } from "./supervision.rules";
import { tellUnit } from "./tell-unit.server";
import { type ItemRef, takeStep } from "./take-step.server";

/**
 * A closed item is taken up again under the same number. Refuses with reasonGiven, notInThisState.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §8
 */
export function reopenItem(
  ctx: Ctx,
  { reason, ...ref }: ItemRef & { readonly reason: string },
): Promise<Result<null, SupervisionRefusal>> {
  const words = reason.trim();
  return takeStep(ctx, ref, {
    event: "reopen",
    guards: () => (words ? ["reasonGiven"] : []),
    set: ({ reopenedCount }) => ({ closedAt: null, verifiedBy: null, reopenedCount: reopenedCount + 1 }),
    reason: words,
    afterwards: (tx, item) => tellUnit(tx, ctx, item, "督办事项重新督办"),
  });
}
