import { and, eq, inArray } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { acceptances } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import { remainingWorkdays } from "~/kernel/work-calendar";
import { loadCalendar } from "~/platform/calendar.server";
import { loadFigures } from "~/platform/figures.server";

import type { Project } from "../load-project.server";
import { isPanelOpen } from "../pass-review.server";
import { latestFundingTurn } from "../review.queries.server";
import { countdownLight } from "../turn.rules";
import { openTurnOf } from "../turns.server";

/**
 * How a project stands on its way through the desks: whose turn is open, whether experts judge it, whether finance is done,
 * and how long its holder has left.
 * @unit remaining in workdays; negative is overdue
 * @source domain.md §2
 */
export async function readStanding(db: DatabaseOrTransaction, project: Project, today: LocalDate) {
  const [turn, panelOpen, funding, calendar, figures, acceptance] = await Promise.all([
    openTurnOf(db, project.id),
    isPanelOpen(db, project.id),
    latestFundingTurn(db, project.id),
    loadCalendar(db, project.regionId),
    loadFigures(db, today),
    undecidedAcceptance(db, project.id),
  ]);
  const remaining = project.dueOn === null ? null : remainingWorkdays(calendar, today, project.dueOn);
  return {
    desk: turn?.kind ?? null,
    panelOpen,
    completed: project.completedOn !== null,
    acceptance,
    fundingConcluded: funding?.outcome === "approved",
    fundingReviewerId: funding?.reviewerId ?? null,
    remaining,
    light: remaining === null ? null : countdownLight(remaining, figures.number("review.yellowWorkdays")),
  };
}

/** How far an application for acceptance has come; at most one of a project is undecided. */
async function undecidedAcceptance(db: DatabaseOrTransaction, projectId: string) {
  const [row] = await db
    .select({ state: acceptances.state })
    .from(acceptances)
    .where(
      and(
        eq(acceptances.projectId, projectId),
        inArray(acceptances.state, ["draft", "signing", "open", "returned"] as const),
      ),
    );
  return row?.state ?? null;
}
