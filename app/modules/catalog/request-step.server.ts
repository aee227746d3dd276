import { and, eq } from "drizzle-orm";

import { resources } from "@db/schema";
import { findTransition } from "~/kernel/lifecycle";
import { accept, conflict, refuse, type Result } from "~/kernel/result";
import { REQUESTED_STEPS, type RequestedStep } from "~/kernel/vocabulary";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { lockResource, type ResourceRef } from "./load-resource.server";
import type { RequestRefusalCode } from "./refusal-codes";
import { RESOURCE_LIFECYCLE } from "./resource.lifecycle";
import { tell } from "./tell-unit.server";

/**
 * A unit asks the bureau to suspend, resume or withdraw its resource, with a reason. Refuses with notInThisState,
 * reasonGiven, alreadyRequested.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §4
 */
export async function requestStep(
  ctx: Ctx,
  ref: ResourceRef & { readonly step: RequestedStep; readonly reason: string },
): Promise<Result<null, RequestRefusalCode>> {
  return inTransaction<null, RequestRefusalCode>(ctx, async (tx) => {
    const resource = await lockResource(tx, ctx, ref.id);
    authorize(ctx.actor, "catalog:register", resource);
    if (resource.version !== ref.version) throw conflict("resource");
    const inForce = resource.state === "published" || resource.state === "suspended";
    if (!inForce || !findTransition(RESOURCE_LIFECYCLE, resource.state, ref.step))
      return refuse({ code: "notInThisState" });
    if (resource.requestedStep !== null) return refuse({ code: "alreadyRequested" });
    const reason = ref.reason.trim();
    if (reason === "") return refuse({ code: "reasonGiven", field: "reason" });
    const [after] = await tx
      .update(resources)
      .set({
        requestedStep: ref.step,
        requestReason: reason,
        requestedBy: ctx.actor.userId,
        requestedOn: ctx.today,
        version: resource.version + 1,
      })
      .where(and(eq(resources.id, resource.id), eq(resources.version, resource.version)))
      .returning();
    if (!after) throw conflict("resource");
    await record(tx, ctx, {
      action: "catalog:register",
      event: "resourceStepRequested",
      object: { type: "resource", id: resource.id, regionId: resource.regionId },
      before: resource,
      after,
      reason,
      payload: { step: ref.step, name: resource.name },
    });
    await tell(tx, ctx, {
      regionId: resource.regionId,
      roles: ["bureauReviewer"],
      title: `${REQUESTED_STEPS[ref.step]}数据资源：${resource.name}`,
      href: `/catalog/${resource.id}`,
    });
    return accept(null);
  });
}
