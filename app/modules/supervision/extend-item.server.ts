import type { LocalDate } from "~/kernel/local-date";
import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { SupervisionRefusal } from "./supervision.rules";
import { type ItemRef, takeStep } from "./take-step.server";
import { tellUnit } from "./tell-unit.server";

/**
 * The bureau gives an item a later due day, with the reason; both days are kept in the event. Slips that were issued stay.
 * Refuses with reasonGiven, laterDay, notInThisState.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §8
 */
export function extendItem(
  ctx: Ctx,
  { reason, dueOn, ...ref }: ItemRef & { readonly reason: string; readonly dueOn: LocalDate },
): Promise<Result<null, SupervisionRefusal>> {
  const words = reason.trim();
  return takeStep(ctx, ref, {
    event: "extend",
    guards: (_tx, item) => [
      ...(words ? (["reasonGiven"] as const) : []),
      ...(dueOn > item.dueOn && dueOn >= ctx.today ? (["laterDay"] as const) : []),
    ],
    set: () => ({ dueOn }),
    reason: words,
    facts: (item) => ({ from: item.dueOn, to: dueOn }),
    afterwards: (tx, item) => tellUnit(tx, ctx, item, "督办延长期限"),
  });
}
