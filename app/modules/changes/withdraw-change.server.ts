import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { ChangeStepRefusal } from "./change.rules";
import type { ChangeRef } from "./load-change.server";
import { takeStep } from "./take-step.server";

/**
 * The unit takes its change back before it is decided; the project may then ask for another.
 * Refuses with notInThisState.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 */
export const withdrawChange = (ctx: Ctx, ref: ChangeRef): Promise<Result<{ id: string }, ChangeStepRefusal>> =>
  takeStep(ctx, { ...ref, event: "withdraw" });
