import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { AcceptanceStepRefusal } from "./acceptance.rules";
import type { AcceptanceRef } from "./load-acceptance.server";
import { takeStep } from "./take-step.server";

/**
 * The unit takes its application back before it is decided; it may then apply again. Refuses with notInThisState.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 */
export const withdrawAcceptance = (
  ctx: Ctx,
  ref: AcceptanceRef,
): Promise<Result<{ id: string }, AcceptanceStepRefusal>> => takeStep(ctx, { ...ref, event: "withdraw" });
