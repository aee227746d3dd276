import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { Resource, ResourceRef } from "./load-resource.server";
import type { ResourceStepRefusal } from "./resource.lifecycle";
import { takeResourceStep } from "./take-resource-step.server";
import { tell } from "./tell-unit.server";

/**
 * The bureau puts a suspended resource back in force; its update clock starts anew. Refuses with notInThisState, reasonGiven.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §4
 */
export async function resumeResource(
  ctx: Ctx,
  ref: ResourceRef & { readonly reason: string },
): Promise<Result<Resource, ResourceStepRefusal>> {
  return takeResourceStep(ctx, ref, {
    event: "resume",
    reason: ref.reason,
    afterwards: (tx, { id, regionId, unitId, name }) =>
      tell(tx, ctx, {
        regionId,
        unitId,
        roles: ["filer", "unitLead"],
        title: `数据资源已恢复：${name}`,
        href: `/catalog/${id}`,
      }),
  });
}
