import { and, eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { expertOpinions, expertPanels } from "@db/schema";
import { accept, conflict, notFound, refuse, type Result } from "~/kernel/result";
import { notify } from "~/modules/inbox/index.server";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";

import { invitableExperts } from "./invitable-experts.server";
import { loadPanel, type PanelRef, type Seat } from "./load-panel.server";
import { decideSeat, seatState } from "./opinion.rules";
import type { ReplaceRefusal } from "./panel.refusals";
import { decidePanel, invitationRefusals } from "./panel.rules";

export interface Replacement extends PanelRef {
  /** the seat of the member who avoids or does not answer */
  readonly opinionId: string;
  readonly expertId: string;
  /** why a member who did not avoid is replaced */
  readonly reason: string;
}

/**
 * The bureau invites another expert to a freed seat, so that the number of opinions stays odd; a member who does not answer
 * can be replaced too, with a reason. Who has given his opinion stays.
 * Refuses with notInThisPanelState, seatNotFree, seatTaken, alreadyOnPanel, expertUnavailable, expertConflicts, reasonGiven.
 * @throws DomainError notFound, forbidden; conflict when the panel changed after this page was opened
 * @source domain.md §1 (回避)
 */
export async function replaceMember(
  ctx: Ctx,
  { opinionId, expertId, reason, ...ref }: Replacement,
): Promise<Result<{ opinionId: string }, ReplaceRefusal>> {
  return inTransaction<{ opinionId: string }, ReplaceRefusal>(ctx, async (tx) => {
    const { panel, project, seats } = await loadPanel(tx, ctx, ref);
    const decision = decidePanel(panel.state, "replaceMember", []);
    if (!decision.ok) return decision;
    const seat = seats.find(({ id }) => id === opinionId);
    if (!seat) throw notFound("expertOpinion");
    if (seats.some(({ replacesId }) => replacesId === opinionId)) return refuse({ code: "seatTaken" });
    const field = "expertId";
    if (seats.some((each) => each.expertId === expertId)) return refuse({ code: "alreadyOnPanel", field });
    const [expert] = await invitableExperts(tx, ctx.actor, project, [expertId]);
    const [unfit] = invitationRefusals(expert, field);
    if (unfit) return refuse(unfit);
    const freed = await freeSeat(tx, ctx, seat, reason.trim());
    if (!freed.ok) return freed;

    const invited = {
      id: newId(),
      panelId: panel.id,
      projectId: panel.projectId,
      regionId: panel.regionId,
      expertId,
      invitedAt: ctx.now,
      replacesId: opinionId,
    };
    await tx.insert(expertOpinions).values(invited);
    const [after] = await tx
      .update(expertPanels)
      .set({ version: panel.version + 1 })
      .where(and(eq(expertPanels.id, panel.id), eq(expertPanels.version, panel.version)))
      .returning();
    if (!after) throw conflict("expertPanel");
    await record(tx, ctx, {
      action: "expert:convene",
      event: "expertReplaced",
      object: { type: "expertPanel", id: panel.id, regionId: panel.regionId },
      before: seat,
      after: invited,
      ...(reason && { reason }),
      payload: { name: project.name, projectId: project.id, replaced: seat.expertId, invited: expertId },
    });
    await notify(tx, ctx, {
      userIds: [expertId],
      title: `请于 ${panel.dueOn} 前出具专家意见：${project.name}`,
      href: `/opinions/${invited.id}`,
    });
    return accept({ opinionId: invited.id });
  });
}

/** An avoided seat is free already; one that waits for its member is released with the reason. */
async function freeSeat(tx: Transaction, ctx: Ctx, seat: Seat, reason: string): Promise<Result<null, ReplaceRefusal>> {
  const state = seatState(seat);
  if (state === "avoided") return accept(null);
  if (state === "given") return refuse({ code: "seatNotFree" });
  const decision = decideSeat(state, "release", ["panelOpen", ...(reason ? (["reasonGiven"] as const) : [])]);
  if (!decision.ok) {
    return refuse(
      ...decision.refusals.map((each) => (each.code === "reasonGiven" ? { ...each, field: "reason" } : each)),
    );
  }
  await tx
    .update(expertOpinions)
    .set({ releasedAt: ctx.now, releaseReason: reason, version: seat.version + 1 })
    .where(eq(expertOpinions.id, seat.id));
  return accept(null);
}
