import { accept, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import type { ResourceContent } from "./resource.content";
import type { ResourceRefusalCode } from "./resource.rules";
import { tell } from "./tell-unit.server";
import { writeDraftResources } from "./write-resources.server";

/**
 * A unit's filer enters a resource outside any project; it waits for the unit's leader to register it. Refuses with what
 * the catalog's rules find.
 * @throws DomainError forbidden
 * @source domain.md §4
 */
export async function createResource(
  ctx: Ctx,
  content: ResourceContent,
): Promise<Result<{ id: string }, ResourceRefusalCode>> {
  return inTransaction<{ id: string }, ResourceRefusalCode>(ctx, async (tx) => {
    const owner = { unitId: ctx.actor.unitId, regionId: ctx.actor.regionId, projectId: null };
    authorize(ctx.actor, "catalog:register", owner);
    const written = await writeDraftResources(tx, ctx, owner, [content]);
    if (!written.ok) return written;
    const [id = ""] = written.value;
    await record(tx, ctx, {
      action: "catalog:register",
      event: "resourceDrafted",
      object: { type: "resource", id, regionId: owner.regionId },
      after: content,
      payload: { name: content.name },
    });
    await tell(tx, ctx, {
      ...owner,
      roles: ["unitLead"],
      title: `数据资源待登记：${content.name}`,
      href: `/catalog/${id}`,
    });
    return accept({ id });
  });
}
