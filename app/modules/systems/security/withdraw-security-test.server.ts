import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { SecurityTestStepRefusal } from "./security-test.lifecycle";
import { takeTestStep, type TestRef } from "./take-test-step.server";

/**
 * The unit takes back what it entered by mistake, before it was confirmed. The row stays, with the reason.
 * Refuses with notInThisState, reasonGiven.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 */
export const withdrawSecurityTest = (
  ctx: Ctx,
  { opinion, ...ref }: TestRef & { readonly opinion: string },
): Promise<Result<{ id: string }, SecurityTestStepRefusal>> =>
  takeTestStep(ctx, { ...ref, event: "withdraw", reason: opinion });
