import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { Resource, ResourceRef } from "./load-resource.server";
import type { ResourceStepRefusal } from "./resource.lifecycle";
import { takeResourceStep } from "./take-resource-step.server";
import { tell } from "./tell-unit.server";

/**
 * The unit leader gives an entry back to the filer with a reason. Refuses with notInThisState, outsideFiling, reasonGiven.
 * @throws DomainError notFound, forbidden, conflict
 */
export async function sendBackResource(
  ctx: Ctx,
  ref: ResourceRef & { readonly reason: string },
): Promise<Result<Resource, ResourceStepRefusal>> {
  return takeResourceStep(ctx, ref, {
    event: "sendBack",
    reason: ref.reason,
    afterwards: (tx, { id, regionId, unitId, name }) =>
      tell(tx, ctx, {
        regionId,
        unitId,
        roles: ["filer"],
        title: `数据资源被退回修改：${name}`,
        href: `/catalog/${id}`,
      }),
  });
}
