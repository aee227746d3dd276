import { and, eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { projects } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import { accept, conflict, type Result } from "~/kernel/result";
import { addWorkdays } from "~/kernel/work-calendar";
import { loadCalendar } from "~/platform/calendar.server";
import { loadFigures } from "~/platform/figures.server";
import { record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import type { Project } from "./load-project.server";
import {
  PROJECT_EVENT_FACTS,
  type ProjectEffect,
  type ProjectEvent,
  type ProjectGuard,
  type ProjectTransition,
} from "./project.lifecycle";
import { actionOf, decideTransition, type TransitionRefusal } from "./stage.rules";
import { closeTurn, openTurn } from "./turns.server";

type Settable = "approvedFen" | "approvedOn" | "startedOn" | "completedOn" | "acceptedOn" | "suspendedFrom";

export interface ProjectStep {
  /** as loadProject gave it: its version is the one the write insists on */
  readonly project: Project;
  readonly event: ProjectEvent;
  /** the guards that hold; reasonGiven follows from `reason` and is not named here */
  readonly guards?: readonly ProjectGuard[];
  readonly reason?: string;
  /** columns that change with the stage */
  readonly set?: Partial<Pick<Project, Settable>>;
  readonly payload?: Readonly<Record<string, unknown>>;
  /** what was ticked off of the form check's list */
  readonly checks?: readonly string[];
}

/**
 * Moves a project along its lifecycle: authorizes, decides, opens and closes the desks' turns that the row names, sets
 * who has it until when, writes under the version that was read and records audit, event and outbox.
 * Refuses with notInThisStage or the guards that do not hold.
 * @throws DomainError forbidden; conflict when another change came first
 * @source domain.md §2
 */
export async function applyTransition(
  tx: Transaction,
  ctx: Ctx,
  step: ProjectStep,
): Promise<Result<Project, TransitionRefusal>> {
  const { project, event } = step;
  const reason = step.reason?.trim() ?? "";
  authorize(ctx.actor, actionOf(event), project);
  const guards: ProjectGuard[] = [...(step.guards ?? []), ...(reason ? (["reasonGiven"] as const) : [])];
  const decision = decideTransition(project, event, guards);
  if (!decision.ok) return decision;

  const dueOn = await performEffects(tx, ctx, step, decision.value, reason || null);
  const [after] = await tx
    .update(projects)
    .set({ ...step.set, stage: decision.value.to, dueOn, updatedAt: ctx.now, version: project.version + 1 })
    .where(and(eq(projects.id, project.id), eq(projects.version, project.version)))
    .returning();
  if (!after) throw conflict("project");
  await record(tx, ctx, {
    action: decision.value.action,
    event: PROJECT_EVENT_FACTS[event],
    object: { type: "project", id: project.id, regionId: project.regionId },
    before: project,
    after,
    ...(reason && { reason }),
    payload: { ...step.payload, name: project.name, from: project.stage, to: after.stage },
  });
  return accept(after);
}

/** How a desk's turn ends with each event that closes one. */
const OUTCOMES: Readonly<Partial<Record<ProjectEvent, "approved" | "returned" | "rejected">>> = {
  passFormCheck: "approved",
  passShortcut: "approved",
  pass: "approved",
  concludeFunding: "approved",
  returnForSupplement: "returned",
  returnFromFunding: "returned",
  reject: "rejected",
};

/**
 * Performs what the row names of desks and clocks; returns the day until which the next holder has the project. The other
 * effects are the work of whoever listens to the event or writes beside the step.
 */
async function performEffects(
  tx: Transaction,
  ctx: Ctx,
  { project, event, checks }: ProjectStep,
  { effects = [] }: ProjectTransition,
  opinion: string | null,
): Promise<LocalDate | null> {
  const named = new Set<ProjectEffect>(effects);
  const ending = { outcome: OUTCOMES[event] ?? null, opinion, checks };
  if (named.has("closeBureauReview")) await closeTurn(tx, ctx, project, ["formCheck", "approval"], ending);
  if (named.has("closeFundingReview")) await closeTurn(tx, ctx, project, ["funding"], ending);
  if (named.has("openFormCheck")) return openTurn(tx, ctx, project, "formCheck");
  if (named.has("openApprovalReview")) return openTurn(tx, ctx, project, "approval");
  if (named.has("openFundingReview")) return openTurn(tx, ctx, project, "funding");
  if (named.has("stopClock")) {
    const [figures, calendar] = await Promise.all([loadFigures(tx, ctx.today), loadCalendar(tx, project.regionId)]);
    return addWorkdays(calendar, ctx.today, figures.number("review.supplementWorkdays"));
  }
  return null;
}
