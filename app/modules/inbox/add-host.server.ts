import { and, eq } from "drizzle-orm";

import { outgoingHosts } from "@db/schema";
import { accept, refuse, type Result } from "~/kernel/result";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import type { HostRefusal } from "./inbox.refusals";

/**
 * The security administrator lets messages leave for a host; one that was taken off the list comes back to it.
 * Refuses with hostListed.
 * @throws DomainError forbidden
 * @source product.md (administrators: webhook allow-list)
 */
export async function addHost(
  ctx: Ctx,
  { host, note }: { readonly host: string; readonly note: string },
): Promise<Result<null, HostRefusal>> {
  return inTransaction<null, HostRefusal>(ctx, async (tx) => {
    const { regionId, unitId, userId } = ctx.actor;
    authorize(ctx.actor, "admin:security", { regionId, unitId });
    const [known] = await tx
      .select()
      .from(outgoingHosts)
      .where(and(eq(outgoingHosts.regionId, regionId), eq(outgoingHosts.host, host)))
      .for("update");
    if (known && known.removedAt === null) return refuse({ code: "hostListed", field: "host" });
    const [after] = await tx
      .insert(outgoingHosts)
      .values({ id: newId(), regionId, host, note, addedBy: userId, addedAt: ctx.now })
      .onConflictDoUpdate({
        target: [outgoingHosts.regionId, outgoingHosts.host],
        set: { note, addedBy: userId, addedAt: ctx.now, removedAt: null, version: (known?.version ?? 0) + 1 },
        // Whoever entered it at the same moment was first.
        setWhere: eq(outgoingHosts.version, known?.version ?? -1),
      })
      .returning();
    if (!after) return refuse({ code: "hostListed", field: "host" });
    await record(tx, ctx, {
      action: "admin:security",
      event: "outgoingHostAdded",
      object: { type: "outgoingHost", id: after.id, regionId },
      before: known,
      after,
      payload: { host, note },
    });
    return accept(null);
  });
}
