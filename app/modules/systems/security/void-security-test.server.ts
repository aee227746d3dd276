import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { SecurityTestStepRefusal } from "./security-test.lifecycle";
import { takeTestStep, type TestRef } from "./take-test-step.server";
import { tellEnterer } from "./tell.server";

/**
 * The bureau makes a confirmed test void; it no longer counts, and the test before it decides again.
 * Refuses with notInThisState, otherPerson, reasonGiven.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 */
export const voidSecurityTest = (
  ctx: Ctx,
  { opinion, ...ref }: TestRef & { readonly opinion: string },
): Promise<Result<{ id: string }, SecurityTestStepRefusal>> =>
  takeTestStep(ctx, {
    ...ref,
    event: "annul",
    reason: opinion,
    follow: (tx, loaded) => tellEnterer(tx, ctx, loaded, "已作废"),
  });
