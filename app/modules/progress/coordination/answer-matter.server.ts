import { accept, type Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { CoordinationRefusal } from "./coordination.refusals";
import { type MatterRef, takeStep } from "./take-step.server";
import { tellBureau, tellMatterUnit } from "./tell.server";

/**
 * The leading group answers a matter, or answers it anew; unit and bureau are told.
 * Refuses with answerGiven, notInThisState.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §7
 */
export function answerMatter(
  ctx: Ctx,
  { answer, ...ref }: MatterRef & { readonly answer: string },
): Promise<Result<null, CoordinationRefusal>> {
  const words = answer.trim();
  return takeStep(ctx, ref, {
    event: "answer",
    guards: words ? ["answerGiven"] : [],
    prepare: () => Promise.resolve(accept({ answer: words, answeredBy: ctx.actor.userId, answeredAt: ctx.now })),
    afterwards: async (tx, matter) => {
      await tellMatterUnit(tx, ctx, matter, "需协调事项已答复");
      await tellBureau(tx, ctx, matter, "需协调事项已答复");
    },
  });
}
