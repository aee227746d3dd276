import { and, eq, sql } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { catalogSequences, resources } from "@db/schema";
import { accept, conflict, refuse, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, visible } from "~/policy";

/**
 * The bureau's half of the two approvals: publishes a registered resource and gives it its code (category code, "/",
 * six-digit sequence). Refuses with notRegistered; samePerson when the one who registered would also publish.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §4
 */
export async function publishResource(
  ctx: Ctx,
  resourceId: string,
  version: number,
): Promise<Result<{ code: string }, "notRegistered" | "samePerson">> {
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx.select().from(resources).where(eq(resources.id, resourceId)).for("update");
    const resource = visible(ctx.actor, "catalog:read", row, "resource");
    authorize(ctx.actor, "catalog:publish", resource);
    if (resource.state !== "registered") return refuse({ code: "notRegistered" });
    if (resource.registeredBy === ctx.actor.userId) return refuse({ code: "samePerson" });

    const code = resource.code ?? (await nextCode(tx, resource.regionId, resource.categoryCode));
    const [after] = await tx
      .update(resources)
      .set({
        state: "published",
        code,
        publishedBy: ctx.actor.userId,
        publishedOn: ctx.today,
        version: resource.version + 1,
      })
      .where(and(eq(resources.id, resourceId), eq(resources.version, version)))
      .returning();
    if (!after) throw conflict("resource");
    await record(tx, ctx, {
      action: "catalog:publish",
      event: "resourcePublished",
      object: { type: "resource", id: resourceId, regionId: resource.regionId },
      before: resource,
      after,
      payload: { code, name: resource.name },
    });
    return accept({ code });
  });
}

/** The next code of a category; the sequence row is locked, so codes have no gaps and no twins. */
async function nextCode(tx: Transaction, regionId: string, categoryCode: string): Promise<string> {
  const [row] = await tx
    .insert(catalogSequences)
    .values({ regionId, categoryCode, last: 1 })
    .onConflictDoUpdate({
      target: [catalogSequences.regionId, catalogSequences.categoryCode],
      set: { last: sql`${catalogSequences.last} + 1` },
    })
    .returning();
  return `${categoryCode}/${String(row?.last ?? 0).padStart(6, "0")}`;
}
