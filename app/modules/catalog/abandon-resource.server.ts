import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { Resource, ResourceRef } from "./load-resource.server";
import type { ResourceStepRefusal } from "./resource.lifecycle";
import { takeResourceStep } from "./take-resource-step.server";
import { tell } from "./tell-unit.server";

/**
 * The filer gives up an entry that was never published; it stays to be read. Refuses with notInThisState, outsideFiling,
 * reasonGiven.
 * @throws DomainError notFound, forbidden, conflict
 */
export async function abandonResource(
  ctx: Ctx,
  ref: ResourceRef & { readonly reason: string },
): Promise<Result<Resource, ResourceStepRefusal>> {
  return takeResourceStep(ctx, ref, {
    event: "abandon",
    reason: ref.reason,
    afterwards: (tx, { id, regionId, unitId, name }) =>
      tell(tx, ctx, {
        regionId,
        unitId,
        roles: ["unitLead"],
        title: `数据资源草稿已作废：${name}`,
        href: `/catalog/${id}`,
      }),
  });
}
