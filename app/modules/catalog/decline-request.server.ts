import { and, eq } from "drizzle-orm";

import { resources } from "@db/schema";
import { accept, conflict, refuse, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { lockResource, type ResourceRef } from "./load-resource.server";
import { NOTHING_REQUESTED } from "./take-resource-step.server";
import { tell } from "./tell-unit.server";

/**
 * The bureau declines what a unit asked for its resource, with a reason; the resource stays as it is. Refuses with
 * nothingRequested, reasonGiven.
 * @throws DomainError notFound, forbidden, conflict
 */
export async function declineRequest(
  ctx: Ctx,
  ref: ResourceRef & { readonly reason: string },
): Promise<Result<null, "nothingRequested" | "reasonGiven">> {
  return inTransaction<null, "nothingRequested" | "reasonGiven">(ctx, async (tx) => {
    const resource = await lockResource(tx, ctx, ref.id);
    authorize(ctx.actor, "catalog:publish", resource);
    if (resource.version !== ref.version) throw conflict("resource");
    if (resource.requestedStep === null) return refuse({ code: "nothingRequested" });
    const reason = ref.reason.trim();
    if (reason === "") return refuse({ code: "reasonGiven", field: "reason" });
    const [after] = await tx
      .update(resources)
      .set({ ...NOTHING_REQUESTED, version: resource.version + 1 })
      .where(and(eq(resources.id, resource.id), eq(resources.version, resource.version)))
      .returning();
    if (!after) throw conflict("resource");
    await record(tx, ctx, {
      action: "catalog:publish",
      event: "resourceRequestDeclined",
      object: { type: "resource", id: resource.id, regionId: resource.regionId },
      before: resource,
      after,
      reason,
      payload: { step: resource.requestedStep, name: resource.name },
    });
    await tell(tx, ctx, {
      regionId: resource.regionId,
      unitId: resource.unitId,
      roles: ["filer", "unitLead"],
      title: `数据资源申请未获同意：${resource.name}`,
      href: `/catalog/${resource.id}`,
    });
    return accept(null);
  });
}
