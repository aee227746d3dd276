import { accept, type Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { CoordinationRefusal } from "./coordination.refusals";
import { type MatterRef, takeStep } from "./take-step.server";
import { tellLeaders } from "./tell.server";

/**
 * The bureau says what it thinks of a matter, for the leading group that answers it; it may say it anew until then.
 * Refuses with adviceGiven, notInThisState.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §7
 */
export function adviseMatter(
  ctx: Ctx,
  { advice, ...ref }: MatterRef & { readonly advice: string },
): Promise<Result<null, CoordinationRefusal>> {
  const words = advice.trim();
  return takeStep(ctx, ref, {
    event: "advise",
    guards: words ? ["adviceGiven"] : [],
    prepare: () => Promise.resolve(accept({ advice: words, advisedBy: ctx.actor.userId, advisedAt: ctx.now })),
    afterwards: (tx, matter) => tellLeaders(tx, ctx, matter, "需协调事项已有数据局意见，请答复"),
  });
}
