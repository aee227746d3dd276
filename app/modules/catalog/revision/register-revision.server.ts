import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { RevisionStepRefusal } from "../resource.lifecycle";
import { tell } from "../tell-unit.server";
import { takeRevisionStep, type RevisionRef } from "./take-revision-step.server";

/**
 * The unit leader registers the next edition of a resource. Refuses with notInThisState, otherPerson.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §4
 */
export async function registerRevision(ctx: Ctx, ref: RevisionRef): Promise<Result<null, RevisionStepRefusal>> {
  return takeRevisionStep(ctx, ref, {
    event: "register",
    set: { registeredBy: ctx.actor.userId, registeredAt: ctx.now },
    afterwards: (tx, { id, regionId, name }) =>
      tell(tx, ctx, {
        regionId,
        roles: ["bureauReviewer"],
        title: `数据资源修订待发布：${name}`,
        href: `/catalog/${id}`,
      }),
  });
}
