import { and, eq } from "drizzle-orm";

import { resources, resourceUpdates } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import { accept, conflict, refuse, type Result } from "~/kernel/result";
import { loadCalendar } from "~/platform/calendar.server";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { updateDueOn, updateProblem, type UpdateRefusalCode } from "./freshness.rules";
import { lockResource, type ResourceRef } from "./load-resource.server";

/**
 * The filer records that a published resource was updated: when, how many rows, with what. The clock of the next update
 * starts on that day. Refuses with notInThisState, updateInFuture, updateBeforeLast.
 * @throws DomainError notFound, forbidden; conflict when the resource changed after this page was opened
 * @source domain.md §4
 */
export async function recordUpdate(
  ctx: Ctx,
  ref: ResourceRef,
  update: { readonly updatedOn: LocalDate; readonly rows: number | null; readonly note: string },
): Promise<Result<null, UpdateRefusalCode | "notInThisState">> {
  return inTransaction<null, UpdateRefusalCode | "notInThisState">(ctx, async (tx) => {
    const resource = await lockResource(tx, ctx, ref.id);
    authorize(ctx.actor, "catalog:register", resource);
    if (resource.version !== ref.version) throw conflict("resource");
    if (resource.state !== "published") return refuse({ code: "notInThisState" });
    const problem = updateProblem(update.updatedOn, resource.lastUpdatedOn ?? resource.publishedOn, ctx.today);
    if (problem) return refuse({ code: problem, field: "updatedOn" });
    const dueOn = resource.nextUpdateDueOn;
    const [after] = await tx
      .update(resources)
      .set({
        lastUpdatedOn: update.updatedOn,
        nextUpdateDueOn: updateDueOn(resource.updateCycle, update.updatedOn, await loadCalendar(tx, resource.regionId)),
        version: resource.version + 1,
      })
      .where(and(eq(resources.id, resource.id), eq(resources.version, resource.version)))
      .returning();
    if (!after) throw conflict("resource");
    const { id: resourceId, regionId } = resource;
    await tx.insert(resourceUpdates).values({
      id: newId(),
      resourceId,
      regionId,
      ...update,
      dueOn,
      recordedBy: ctx.actor.userId,
      recordedAt: ctx.now,
    });
    await record(tx, ctx, {
      action: "catalog:register",
      event: "resourceUpdated",
      object: { type: "resource", id: resourceId, regionId },
      before: resource,
      after,
      payload: { resourceId, unitId: resource.unitId, name: resource.name, updatedOn: update.updatedOn, dueOn },
    });
    return accept(null);
  });
}
