import { accept, type Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { CoordinationRefusal } from "./coordination.refusals";
import { type MatterRef, takeStep } from "./take-step.server";
import { tellMatterUnit } from "./tell.server";

/**
 * The bureau finds a matter settled, and says how. Refuses with reasonGiven, notInThisState.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §7
 */
export function settleMatter(
  ctx: Ctx,
  { reason, ...ref }: MatterRef & { readonly reason: string },
): Promise<Result<null, CoordinationRefusal>> {
  const words = reason.trim();
  return takeStep(ctx, ref, {
    event: "settle",
    guards: words ? ["reasonGiven"] : [],
    reason: words,
    prepare: () => Promise.resolve(accept({ endedOn: ctx.today })),
    afterwards: (tx, matter) => tellMatterUnit(tx, ctx, matter, "需协调事项已确认解决"),
  });
}
