import { and, eq } from "drizzle-orm";

import { expertOpinions, expertPanels } from "@db/schema";
import { accept, conflict, type Result } from "~/kernel/result";
import { addWorkdays } from "~/kernel/work-calendar";
import { attachPanel, undecidedAcceptance } from "~/modules/acceptance/index.server";
import { notify } from "~/modules/inbox/index.server";
import { loadProject, openTurnOf } from "~/modules/projects/index.server";
import { loadCalendar } from "~/platform/calendar.server";
import { loadFigures } from "~/platform/figures.server";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";

import { invitableExperts } from "./invitable-experts.server";
import type { ConveneInput } from "./panel.schema";
import { decideConvening, type ConveneRefusal } from "./panel.rules";

/**
 * The bureau convenes an expert panel on a filing after its form check, or on an application for acceptance: an odd number
 * of experts, none with a tie to the project, each invited with the same due day.
 * Refuses with notUnderReview, formNotChecked, panelAlreadyOpen, tooFewExperts, evenNumber, expertUnavailable,
 * expertConflicts.
 * @throws DomainError notFound, forbidden; conflict when the project changed after this page was opened
 * @source domain.md §1, §2; rule figures expert.panelMinimum, expert.opinionWorkdays
 */
export async function convenePanel(
  ctx: Ctx,
  { projectId, version, expertIds, questions }: ConveneInput & { readonly projectId: string },
): Promise<Result<{ panelId: string }, ConveneRefusal>> {
  return inTransaction<{ panelId: string }, ConveneRefusal>(ctx, async (tx) => {
    const project = await loadProject(tx, ctx, projectId, "expert:convene");
    if (project.version !== version) throw conflict("project");
    const chosen = [...new Set(expertIds)];
    const [turn, acceptance, open, experts, figures, calendar] = await Promise.all([
      openTurnOf(tx, projectId),
      undecidedAcceptance(tx, projectId),
      tx.$count(expertPanels, and(eq(expertPanels.projectId, projectId), eq(expertPanels.state, "open"))),
      invitableExperts(tx, ctx.actor, project, chosen),
      loadFigures(tx, ctx.today),
      loadCalendar(tx, project.regionId),
    ]);
    const decision = decideConvening({
      stage: project.stage,
      formChecked: turn?.kind === "approval",
      acceptanceOpen: acceptance?.state === "open",
      panelOpen: open > 0,
      experts: chosen.map((id) => experts.find((expert) => expert.id === id)),
      minimum: figures.number("expert.panelMinimum"),
    });
    if (!decision.ok) return decision;

    const panelId = newId();
    const dueOn = addWorkdays(calendar, ctx.today, figures.number("expert.opinionWorkdays"));
    const { regionId } = project;
    const panel = {
      id: panelId,
      projectId,
      regionId,
      purpose: decision.value,
      state: "open" as const,
      questions,
      convenedBy: ctx.actor.userId,
      convenedAt: ctx.now,
      dueOn,
    };
    await tx.insert(expertPanels).values(panel);
    if (acceptance && panel.purpose === "acceptance") await attachPanel(tx, acceptance.id, panelId);
    const seats = chosen.map((expertId) => ({
      id: newId(),
      panelId,
      projectId,
      regionId,
      expertId,
      invitedAt: ctx.now,
    }));
    await tx.insert(expertOpinions).values(seats);
    await record(tx, ctx, {
      action: "expert:convene",
      event: "expertPanelConvened",
      object: { type: "project", id: projectId, regionId },
      after: { panel, experts: chosen },
      payload: { name: project.name, panelId, purpose: panel.purpose, experts: chosen.length, dueOn },
    });
    for (const { id, expertId } of seats) {
      await notify(tx, ctx, {
        userIds: [expertId],
        title: `请于 ${dueOn} 前出具专家意见：${project.name}`,
        href: `/opinions/${id}`,
      });
    }
    return accept({ panelId });
  });
}
