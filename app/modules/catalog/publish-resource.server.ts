import type { Transaction } from "@db/client";
import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { Resource, ResourceRef } from "./load-resource.server";
import type { ResourceStepRefusal } from "./resource.lifecycle";
import { takeResourceStep } from "./take-resource-step.server";
import { tell } from "./tell-unit.server";

/**
 * The bureau publishes a registered entry: the second of its two approvals. It gets its code, its first edition and its
 * update clock. Refuses with notInThisState, otherPerson (whoever registered it).
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §4
 */
export async function publishResource(ctx: Ctx, ref: ResourceRef): Promise<Result<Resource, ResourceStepRefusal>> {
  return takeResourceStep(ctx, ref, { event: "publish", afterwards: announcePublished(ctx) });
}

/** Tells the unit of an entry that it was published. */
export const announcePublished =
  (ctx: Ctx) =>
  (tx: Transaction, { id, regionId, unitId, name }: Resource): Promise<void> =>
    tell(tx, ctx, {
      regionId,
      unitId,
      roles: ["filer", "unitLead"],
      title: `数据资源已发布：${name}`,
      href: `/catalog/${id}`,
    });
