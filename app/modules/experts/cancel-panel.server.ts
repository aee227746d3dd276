import { and, eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { expertPanels } from "@db/schema";
import { accept, conflict, refuse, type Result } from "~/kernel/result";
import { notify } from "~/modules/inbox/index.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";

import { loadPanel, type Panel, type PanelRef, type Seat } from "./load-panel.server";
import { seatState } from "./opinion.rules";
import { decidePanel, type PanelRefusal } from "./panel.rules";

/**
 * The bureau cancels an open panel with a reason; what was given stays on record.
 * Refuses with notInThisPanelState, reasonGiven.
 * @throws DomainError notFound, forbidden; conflict when the panel changed after this page was opened
 * @source domain.md §1
 */
export async function cancelPanel(
  ctx: Ctx,
  { reason, ...ref }: PanelRef & { readonly reason: string },
): Promise<Result<null, PanelRefusal>> {
  return inTransaction<null, PanelRefusal>(ctx, async (tx) => {
    const loaded = await loadPanel(tx, ctx, ref);
    const why = reason.trim();
    const decision = decidePanel(loaded.panel.state, "cancel", why ? ["reasonGiven"] : []);
    if (!decision.ok) {
      return refuse(
        ...decision.refusals.map((each) => (each.code === "reasonGiven" ? { ...each, field: "reason" } : each)),
      );
    }
    await closeCancelled(tx, ctx, { ...loaded, reason: why });
    return accept(null);
  });
}

/** Writes the end of a panel that comes to no conclusion, and tells the experts who still had to give their opinion. */
export async function closeCancelled(
  tx: Transaction,
  ctx: Ctx,
  {
    panel,
    project,
    seats,
    reason,
  }: {
    readonly panel: Panel;
    readonly project: { readonly id: string; readonly name: string };
    readonly seats: readonly Seat[];
    readonly reason: string;
  },
): Promise<void> {
  const [after] = await tx
    .update(expertPanels)
    .set({ state: "cancelled", cancelReason: reason, version: panel.version + 1 })
    .where(and(eq(expertPanels.id, panel.id), eq(expertPanels.version, panel.version)))
    .returning();
  if (!after) throw conflict("expertPanel");
  await record(tx, ctx, {
    action: "expert:convene",
    event: "expertPanelCancelled",
    object: { type: "project", id: project.id, regionId: panel.regionId },
    before: panel,
    after,
    reason,
    payload: { name: project.name, panelId: panel.id },
  });
  const waiting = seats.filter((seat) => ["invited", "opining"].includes(seatState(seat)));
  await notify(tx, ctx, {
    userIds: waiting.map(({ expertId }) => expertId),
    title: `专家评审已取消，无需再出具意见：${project.name}`,
    href: "/opinions",
  });
}
