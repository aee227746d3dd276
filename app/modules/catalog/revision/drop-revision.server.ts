import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { RevisionStepRefusal } from "../resource.lifecycle";
import { takeRevisionStep, type RevisionRef } from "./take-revision-step.server";

/**
 * The filer gives up the draft of the next edition; it stays in the history. Refuses with notInThisState.
 * @throws DomainError notFound, forbidden, conflict
 */
export async function dropRevision(ctx: Ctx, ref: RevisionRef): Promise<Result<null, RevisionStepRefusal>> {
  return takeRevisionStep(ctx, ref, {
    event: "drop",
    set: { decidedBy: ctx.actor.userId, decidedAt: ctx.now },
  });
}
