import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import { takeStep, type StepRef } from "../take-step.server";
import { EXEMPTION } from "./exemption-kind.server";
import type { ExemptionStepRefusal } from "./exemption.lifecycle";

/**
 * The unit takes its request back before it is decided.
 * Refuses with notInThisState.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 */
export const withdrawExemption = (ctx: Ctx, ref: StepRef): Promise<Result<{ id: string }, ExemptionStepRefusal>> =>
  takeStep(ctx, EXEMPTION, { ...ref, event: "withdraw" });
