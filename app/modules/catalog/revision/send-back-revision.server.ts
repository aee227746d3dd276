import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { RevisionStepRefusal } from "../resource.lifecycle";
import { tell } from "../tell-unit.server";
import { takeRevisionStep, type RevisionRef } from "./take-revision-step.server";

/**
 * The unit leader does not register a change, with a reason. Refuses with notInThisState, reasonGiven.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §4
 */
export async function sendBackRevision(
  ctx: Ctx,
  ref: RevisionRef & { readonly reason: string },
): Promise<Result<null, RevisionStepRefusal>> {
  return takeRevisionStep(ctx, ref, {
    event: "sendBack",
    reason: ref.reason,
    set: { decidedBy: ctx.actor.userId, decidedAt: ctx.now },
    afterwards: (tx, { id, regionId, unitId, name }) =>
      tell(tx, ctx, {
        regionId,
        unitId,
        roles: ["filer"],
        title: `数据资源修订被退回：${name}`,
        href: `/catalog/${id}`,
      }),
  });
}
