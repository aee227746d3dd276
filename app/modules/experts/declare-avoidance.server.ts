import { and, eq } from "drizzle-orm";

import { expertOpinions } from "@db/schema";
import { accept, conflict, refuse, type Result } from "~/kernel/result";
import { notify } from "~/modules/inbox/index.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";

import { loadSeat, type SeatRef } from "./load-panel.server";
import { decideSeat, seatState, type SeatRefusal } from "./opinion.rules";

/**
 * An expert declares whether he must avoid (回避). Without a conflict he may read the filing and write; with one, and its
 * reason, his seat is free and the convener is told to invite somebody else. A conflict found while reading can still be
 * declared.
 * Refuses with notInThisSeatState, panelOpen, reasonGiven.
 * @throws DomainError notFound when the seat is another expert's, forbidden; conflict when it changed meanwhile
 * @source domain.md §1
 */
export async function declareAvoidance(
  ctx: Ctx,
  { avoids, avoidReason, ...ref }: SeatRef & { readonly avoids: boolean; readonly avoidReason: string },
): Promise<Result<null, SeatRefusal>> {
  return inTransaction<null, SeatRefusal>(ctx, async (tx) => {
    const { seat, panel, project } = await loadSeat(tx, ctx, ref);
    const reason = avoids ? avoidReason.trim() : "";
    const decision = decideSeat(seatState(seat), avoids ? "avoid" : "accept", [
      ...(panel.state === "open" ? (["panelOpen"] as const) : []),
      ...(reason ? (["reasonGiven"] as const) : []),
    ]);
    if (!decision.ok) {
      const atField = decision.refusals.map((each) =>
        each.code === "reasonGiven" ? { ...each, field: "avoidReason" } : each,
      );
      return refuse(...atField);
    }
    const [after] = await tx
      .update(expertOpinions)
      .set({ avoids, avoidReason: reason, declaredAt: ctx.now, version: seat.version + 1 })
      .where(and(eq(expertOpinions.id, seat.id), eq(expertOpinions.version, seat.version)))
      .returning();
    if (!after) throw conflict("expertOpinion");
    await record(tx, ctx, {
      action: "expert:opine",
      event: avoids ? "expertAvoided" : "expertAccepted",
      object: { type: "expertOpinion", id: seat.id, regionId: seat.regionId },
      before: seat,
      after,
      ...(reason && { reason }),
      payload: { name: project.name, projectId: project.id, panelId: panel.id },
    });
    if (avoids) {
      await notify(tx, ctx, {
        userIds: [panel.convenedBy],
        title: `${ctx.actor.name}声明回避，请补邀专家：${project.name}`,
        href: `/projects/${project.id}/panel`,
      });
    }
    return accept(null);
  });
}
