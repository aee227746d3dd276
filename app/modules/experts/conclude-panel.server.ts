import { and, eq } from "drizzle-orm";

import { expertPanels } from "@db/schema";
import { accept, conflict, refuse, type Result } from "~/kernel/result";
import type { ExpertVerdict } from "~/kernel/vocabulary";
import { loadFigures } from "~/platform/figures.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";

import { loadPanel, type PanelRef } from "./load-panel.server";
import { seatState } from "./opinion.rules";
import { conclusionGuards, decidePanel, proposedVerdict, type PanelRefusal } from "./panel.rules";

export interface ConclusionInput extends PanelRef {
  readonly verdict: ExpertVerdict;
  readonly summary: string;
  /** why the verdict is not the majority's */
  readonly deviationReason: string;
}

const FIELDS: Readonly<Partial<Record<PanelRefusal, string>>> = {
  summaryGiven: "summary",
  deviationReasoned: "deviationReason",
};

/**
 * The bureau concludes a panel with one summary, once every opinion that counts is there. The verdict is the majority's; a
 * different one needs its reason. Who concluded is kept; it may be the convener.
 * Refuses with notInThisPanelState, projectSuspended, opinionsComplete, oddAndEnough, summaryGiven, deviationReasoned.
 * @throws DomainError notFound, forbidden; conflict when the panel changed after this page was opened
 * @source domain.md §1, §2
 */
export async function concludePanel(
  ctx: Ctx,
  { verdict, summary, deviationReason, ...ref }: ConclusionInput,
): Promise<Result<null, PanelRefusal>> {
  return inTransaction<null, PanelRefusal>(ctx, async (tx) => {
    const { panel, project, seats } = await loadPanel(tx, ctx, ref);
    if (panel.state === "open" && project.stage === "suspended") return refuse({ code: "projectSuspended" });
    const figures = await loadFigures(tx, ctx.today);
    const given = seats.filter((seat) => seatState(seat) === "given");
    const proposed = proposedVerdict(given.flatMap((seat) => seat.verdict ?? []));
    const guards = conclusionGuards({
      seats: seats.map(seatState),
      minimum: figures.number("expert.panelMinimum"),
      proposed,
      verdict,
      summary,
      deviationReason,
    });
    const decision = decidePanel(panel.state, "conclude", guards);
    if (!decision.ok) {
      return refuse(
        ...decision.refusals.map((each) => {
          const field = FIELDS[each.code];
          return field ? { ...each, field } : each;
        }),
      );
    }
    const reason = verdict === proposed ? null : deviationReason.trim();
    const [after] = await tx
      .update(expertPanels)
      .set({
        state: decision.value.to,
        proposedVerdict: proposed ?? null,
        verdict,
        deviationReason: reason,
        summary: summary.trim(),
        concludedBy: ctx.actor.userId,
        concludedAt: ctx.now,
        version: panel.version + 1,
      })
      .where(and(eq(expertPanels.id, panel.id), eq(expertPanels.version, panel.version)))
      .returning();
    if (!after) throw conflict("expertPanel");
    await record(tx, ctx, {
      action: "expert:convene",
      event: "expertPanelConcluded",
      object: { type: "project", id: project.id, regionId: project.regionId },
      before: panel,
      after,
      payload: { name: project.name, panelId: panel.id, verdict, proposedVerdict: proposed ?? null },
    });
    return accept(null);
  });
}
