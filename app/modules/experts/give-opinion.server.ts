import { eq } from "drizzle-orm";

import { expertOpinions } from "@db/schema";
import { accept, refuse, type Result } from "~/kernel/result";
import { notify } from "~/modules/inbox/index.server";
import { loadFigures } from "~/platform/figures.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";

import { criteriaOfPanel } from "./criteria-of-panel.server";
import { loadSeat, type SeatRef } from "./load-panel.server";
import {
  decideSeat,
  opinionGaps,
  seatState,
  type OpinionDraft,
  type OpinionGap,
  type SeatRefusal,
} from "./opinion.rules";
import { panelStanding } from "./panel.rules";
import { writeOpinion } from "./write-opinion.server";

/**
 * An expert gives his opinion: complete, and for good. With the last one that counts the convener is told to conclude.
 * Refuses with notInThisSeatState, panelOpen, markMissing, remarkMissing, verdictMissing, opinionMissing.
 * @throws DomainError notFound when the seat is another expert's, forbidden; conflict when it changed meanwhile
 * @source domain.md §1
 */
export async function giveOpinion(
  ctx: Ctx,
  { marks, verdict, opinion, ...ref }: SeatRef & OpinionDraft,
): Promise<Result<null, SeatRefusal | OpinionGap>> {
  return inTransaction<null, SeatRefusal | OpinionGap>(ctx, async (tx) => {
    const { seat, panel, project } = await loadSeat(tx, ctx, ref);
    const criteria = await criteriaOfPanel(tx, panel);
    const gaps = opinionGaps({ marks, verdict, opinion }, criteria);
    const decision = decideSeat(seatState(seat), "give", [
      ...(panel.state === "open" ? (["panelOpen"] as const) : []),
      ...(gaps.length === 0 ? (["opinionComplete"] as const) : []),
    ]);
    if (!decision.ok) {
      // What is missing says more than that something is.
      const onlyGaps = decision.refusals.every(({ code }) => code === "opinionComplete");
      return refuse(...(onlyGaps ? gaps : decision.refusals));
    }
    const after = await writeOpinion(tx, seat, { marks, verdict, opinion, criteria }, ctx.now);
    await record(tx, ctx, {
      action: "expert:opine",
      event: "expertOpinionGiven",
      object: { type: "expertOpinion", id: seat.id, regionId: seat.regionId },
      before: seat,
      after,
      payload: { name: project.name, projectId: project.id, panelId: panel.id },
    });
    const [seats, figures] = await Promise.all([
      tx.select().from(expertOpinions).where(eq(expertOpinions.panelId, panel.id)),
      loadFigures(tx, ctx.today),
    ]);
    const standing = panelStanding(seats.map(seatState), figures.number("expert.panelMinimum"));
    if (standing.waiting === 0 && standing.toInvite === 0) {
      await notify(tx, ctx, {
        userIds: [panel.convenedBy],
        title: `专家意见已收齐，请汇总：${project.name}`,
        href: `/projects/${project.id}/panel`,
      });
    }
    return accept(null);
  });
}
