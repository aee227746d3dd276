import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { SupervisionRefusal } from "./supervision.rules";
import { type ItemRef, takeStep } from "./take-step.server";

/**
 * The unit takes an assigned item on. Refuses with notInThisState.
 * @throws DomainError notFound, forbidden, conflict
 */
export const acceptItem = (ctx: Ctx, ref: ItemRef): Promise<Result<null, SupervisionRefusal>> =>
  takeStep(ctx, ref, { event: "accept" });
