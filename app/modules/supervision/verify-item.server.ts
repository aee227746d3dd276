import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { SupervisionRefusal } from "./supervision.rules";
import { type ItemRef, takeStep } from "./take-step.server";

/**
 * The bureau finds that what was replied is true. Who replied may not verify.
 * Refuses with otherPersonThanReplier, notInThisState.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §8
 */
export const verifyItem = (ctx: Ctx, ref: ItemRef): Promise<Result<null, SupervisionRefusal>> =>
  takeStep(ctx, ref, { event: "verify", set: () => ({ verifiedBy: ctx.actor.userId }) });
