import { and, eq } from "drizzle-orm";

import { resources } from "@db/schema";
import { accept, notFound, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { lockOpenFiling } from "./filing-gate.server";

/**
 * Takes a draft resource out of a filing. Only drafts can go: what was once registered stays in the catalog's history.
 * Refuses with filingClosed.
 * @throws DomainError notFound, forbidden
 */
export async function removeDraftResource(
  ctx: Ctx,
  projectId: string,
  resourceId: string,
): Promise<Result<null, "filingClosed">> {
  return inTransaction(ctx, async (tx) => {
    const filing = await lockOpenFiling(tx, ctx, projectId);
    if (!filing.ok) return filing;
    authorize(ctx.actor, "catalog:register", filing.value);
    const [gone] = await tx
      .delete(resources)
      .where(and(eq(resources.id, resourceId), eq(resources.projectId, projectId), eq(resources.state, "draft")))
      .returning();
    if (!gone) throw notFound("resource");
    await record(tx, ctx, {
      action: "catalog:register",
      event: "resourceDraftRemoved",
      object: { type: "resource", id: resourceId, regionId: gone.regionId },
      before: gone,
      payload: { projectId, name: gone.name },
    });
    return accept(null);
  });
}
