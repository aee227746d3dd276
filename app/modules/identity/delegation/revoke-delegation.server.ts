import { and, eq } from "drizzle-orm";

import { delegations } from "@db/schema";
import { accept, conflict, notFound, refuse, type Result } from "~/kernel/result";
import { notify } from "~/modules/inbox/index.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { roleLabels } from "../role-labels";
import { delegationState } from "./delegation.rules";

/**
 * Takes a delegation back at once: the colleague's next request no longer holds the role. Only who granted it may.
 * Refuses with notStanding when it ended or was revoked already.
 * @throws DomainError notFound, forbidden; conflict when it changed after the page was opened
 */
export async function revokeDelegation(
  ctx: Ctx,
  { delegationId, version }: { readonly delegationId: string; readonly version: number },
): Promise<Result<null, "notStanding">> {
  return inTransaction<null, "notStanding">(ctx, async (tx) => {
    const [delegation] = await tx.select().from(delegations).where(eq(delegations.id, delegationId)).for("update");
    if (delegation?.fromUserId !== ctx.actor.userId) throw notFound("delegation");
    authorize(ctx.actor, "delegation:grant", delegation);
    const state = delegationState({ ...delegation, revoked: delegation.revokedAt !== null }, ctx.today);
    if (state === "ended" || state === "revoked") return refuse({ code: "notStanding" });
    const [after] = await tx
      .update(delegations)
      .set({ revokedAt: ctx.now, version: delegation.version + 1 })
      .where(and(eq(delegations.id, delegationId), eq(delegations.version, version)))
      .returning();
    if (!after) throw conflict("delegation");
    await record(tx, ctx, {
      action: "delegation:grant",
      event: "delegationRevoked",
      object: { type: "delegation", id: delegationId, regionId: delegation.regionId },
      before: delegation,
      after,
      payload: { name: `${roleLabels[delegation.role]}的委托`, role: delegation.role, toUserId: delegation.toUserId },
    });
    await notify(tx, ctx, {
      userIds: [delegation.toUserId],
      title: `${ctx.actor.name}已撤销“${roleLabels[delegation.role]}”的委托`,
      href: "/delegations",
    });
    return accept(null);
  });
}
