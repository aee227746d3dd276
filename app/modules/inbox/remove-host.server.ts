import { and, eq, isNull } from "drizzle-orm";

import { outgoingHosts } from "@db/schema";
import { accept, conflict, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, visible } from "~/policy";

/**
 * The security administrator takes a host off the list: nothing is sent there any more, also by robots that are switched
 * on and messages that wait.
 * @throws DomainError notFound, forbidden; conflict when somebody did so before
 */
export async function removeHost(
  ctx: Ctx,
  { id, version }: { readonly id: string; readonly version: number },
): Promise<Result<null, never>> {
  return inTransaction<null, never>(ctx, async (tx) => {
    const [found] = await tx.select().from(outgoingHosts).where(eq(outgoingHosts.id, id)).for("update");
    const governed = found && { host: found, regionId: found.regionId, unitId: "" };
    const { host } = visible(ctx.actor, "admin:security", governed, "outgoingHost");
    authorize(ctx.actor, "admin:security", { regionId: host.regionId, unitId: "" });
    if (host.version !== version || host.removedAt !== null) throw conflict("outgoingHost");
    const [after] = await tx
      .update(outgoingHosts)
      .set({ removedAt: ctx.now, version: version + 1 })
      .where(and(eq(outgoingHosts.id, id), eq(outgoingHosts.version, version), isNull(outgoingHosts.removedAt)))
      .returning();
    if (!after) throw conflict("outgoingHost");
    await record(tx, ctx, {
      action: "admin:security",
      event: "outgoingHostRemoved",
      object: { type: "outgoingHost", id, regionId: host.regionId },
      before: host,
      after,
      payload: { host: host.host, note: host.note },
    });
    return accept(null);
  });
}
