import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { SecurityTestStepRefusal } from "./security-test.lifecycle";
import { takeTestStep, type TestRef } from "./take-test-step.server";
import { tellEnterer } from "./tell.server";

/**
 * The bureau returns an entered test to the unit with the reason.
 * Refuses with notInThisState, otherPerson, reasonGiven.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 */
export const returnSecurityTest = (
  ctx: Ctx,
  { opinion, ...ref }: TestRef & { readonly opinion: string },
): Promise<Result<{ id: string }, SecurityTestStepRefusal>> =>
  takeTestStep(ctx, {
    ...ref,
    event: "return",
    reason: opinion,
    follow: (tx, loaded) => tellEnterer(tx, ctx, loaded, "被退回，请更正"),
  });
