import { and, eq } from "drizzle-orm";

import { resources } from "@db/schema";
import { accept, conflict, refuse, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { contentOf } from "./content.queries.server";
import { lockResource, type ResourceRef } from "./load-resource.server";
import type { ResourceContent } from "./resource.content";
import { resourceProblems, type ResourceRefusalCode } from "./resource.rules";
import { surroundingsOf } from "./surroundings.queries.server";
import { isInFiling } from "./take-resource-step.server";
import { tell } from "./tell-unit.server";
import { columnsOf } from "./packed-resource.server";
import { replaceItems } from "./write-resources.server";

/**
 * The filer changes an entry that waits for registration or was sent back; with that it waits for the leader again. Refuses
 * with what the catalog's rules find, notInThisState, outsideFiling (it is edited in its filing).
 * @throws DomainError notFound, forbidden; conflict when the entry changed after this page was opened
 */
export async function editResource(
  ctx: Ctx,
  ref: ResourceRef,
  content: ResourceContent,
): Promise<Result<null, ResourceRefusalCode | "notInThisState" | "outsideFiling">> {
  return inTransaction<null, ResourceRefusalCode | "notInThisState" | "outsideFiling">(ctx, async (tx) => {
    const resource = await lockResource(tx, ctx, ref.id);
    authorize(ctx.actor, "catalog:register", resource);
    if (resource.version !== ref.version) throw conflict("resource");
    if (resource.state !== "draft") return refuse({ code: "notInThisState" });
    if (await isInFiling(tx, resource)) return refuse({ code: "outsideFiling" });
    const around = await surroundingsOf(tx, resource, [content], resource.id);
    const problems = resourceProblems(content, around);
    if (problems.length > 0) return refuse(...problems);
    const before = await contentOf(tx, resource);
    const [after] = await tx
      .update(resources)
      .set({
        ...columnsOf(content),
        draftedBy: ctx.actor.userId,
        stateReason: null,
        stateChangedOn: ctx.today,
        version: resource.version + 1,
      })
      .where(and(eq(resources.id, resource.id), eq(resources.version, resource.version)))
      .returning({ id: resources.id });
    if (!after) throw conflict("resource");
    await replaceItems(tx, resource, content);
    await record(tx, ctx, {
      action: "catalog:register",
      event: "resourceEdited",
      object: { type: "resource", id: resource.id, regionId: resource.regionId },
      before,
      after: content,
      payload: { name: content.name },
    });
    await tell(tx, ctx, {
      regionId: resource.regionId,
      unitId: resource.unitId,
      roles: ["unitLead"],
      title: `数据资源待登记：${content.name}`,
      href: `/catalog/${resource.id}`,
    });
    return accept(null);
  });
}
