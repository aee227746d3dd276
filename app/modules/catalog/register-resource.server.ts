import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { Resource, ResourceRef } from "./load-resource.server";
import type { ResourceStepRefusal } from "./resource.lifecycle";
import { takeResourceStep } from "./take-resource-step.server";
import { tell } from "./tell-unit.server";

/**
 * The unit leader registers an entry: the first of its two approvals. Refuses with notInThisState, outsideFiling (the
 * signature under the filing registers it), otherPerson (whoever drafted it).
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §4
 */
export async function registerResource(ctx: Ctx, ref: ResourceRef): Promise<Result<Resource, ResourceStepRefusal>> {
  return takeResourceStep(ctx, ref, {
    event: "register",
    set: { registeredBy: ctx.actor.userId },
    afterwards: (tx, { id, regionId, name }) =>
      tell(tx, ctx, { regionId, roles: ["bureauReviewer"], title: `数据资源待发布：${name}`, href: `/catalog/${id}` }),
  });
}
