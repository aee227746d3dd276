import { accept, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";

import { criteriaOfPanel } from "./criteria-of-panel.server";
import { loadSeat, type SeatRef } from "./load-panel.server";
import { decideSeat, seatState, type OpinionDraft, type SeatRefusal } from "./opinion.rules";
import { writeOpinion } from "./write-opinion.server";

/**
 * Keeps an opinion as a draft, as far as it is written; nobody but its expert sees it.
 * Refuses with notInThisSeatState, panelOpen.
 * @throws DomainError notFound when the seat is another expert's, forbidden; conflict when it changed meanwhile
 * @source domain.md §1
 */
export async function saveOpinion(
  ctx: Ctx,
  { marks, verdict, opinion, ...ref }: SeatRef & OpinionDraft,
): Promise<Result<{ version: number }, SeatRefusal>> {
  return inTransaction<{ version: number }, SeatRefusal>(ctx, async (tx) => {
    const { seat, panel, project } = await loadSeat(tx, ctx, ref);
    const criteria = await criteriaOfPanel(tx, panel);
    const decision = decideSeat(seatState(seat), "save", panel.state === "open" ? ["panelOpen"] : []);
    if (!decision.ok) return decision;
    const after = await writeOpinion(tx, seat, { marks, verdict, opinion, criteria }, null);
    await record(tx, ctx, {
      action: "expert:opine",
      event: "expertOpinionSaved",
      object: { type: "expertOpinion", id: seat.id, regionId: seat.regionId },
      before: seat,
      after,
      payload: { name: project.name, projectId: project.id, panelId: panel.id },
    });
    return accept({ version: after.version });
  });
}
