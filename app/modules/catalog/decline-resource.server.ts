import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { Resource, ResourceRef } from "./load-resource.server";
import type { ResourceStepRefusal } from "./resource.lifecycle";
import { takeResourceStep } from "./take-resource-step.server";
import { tell } from "./tell-unit.server";

/**
 * The bureau gives a registered entry back to its unit with a reason. Refuses with notInThisState, reasonGiven.
 * @throws DomainError notFound, forbidden, conflict
 */
export async function declineResource(
  ctx: Ctx,
  ref: ResourceRef & { readonly reason: string },
): Promise<Result<Resource, ResourceStepRefusal>> {
  return takeResourceStep(ctx, ref, {
    event: "decline",
    reason: ref.reason,
    afterwards: (tx, { id, regionId, unitId, name }) =>
      tell(tx, ctx, {
        regionId,
        unitId,
        roles: ["filer", "unitLead"],
        title: `数据资源未予发布，请修改：${name}`,
        href: `/catalog/${id}`,
      }),
  });
}
