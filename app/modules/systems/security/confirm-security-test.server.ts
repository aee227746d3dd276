import { accept, type Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { SecurityTestStepRefusal } from "./security-test.lifecycle";
import { takeTestStep, type TestRef } from "./take-test-step.server";
import { tellEnterer } from "./tell.server";

/**
 * Somebody of the bureau confirms a test against its report; from now on it counts for gate and score. A test that came by
 * sheet has no report file: whoever confirms it writes where the report was looked at.
 * Refuses with notInThisState, otherPerson, reportSeen.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 * @source domain.md §1 (two persons)
 */
export const confirmSecurityTest = (
  ctx: Ctx,
  { opinion, ...ref }: TestRef & { readonly opinion: string },
): Promise<Result<{ id: string }, SecurityTestStepRefusal>> =>
  takeTestStep(ctx, {
    ...ref,
    event: "confirm",
    reason: opinion,
    guards: ({ test }) => (test.fileId !== null || opinion.trim() !== "" ? ["reportSeen"] : []),
    prepare: () => Promise.resolve(accept({ confirmedBy: ctx.actor.userId, confirmedAt: ctx.now })),
    follow: (tx, loaded) => tellEnterer(tx, ctx, loaded, "已确认"),
  });
