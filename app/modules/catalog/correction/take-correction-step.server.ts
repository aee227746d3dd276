import { and, eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { corrections } from "@db/schema";
import { decideStep } from "~/kernel/lifecycle";
import type { LocalDate } from "~/kernel/local-date";
import { accept, conflict, type Result } from "~/kernel/result";
import { addWorkdays } from "~/kernel/work-calendar";
import { loadCalendar } from "~/platform/calendar.server";
import { loadFigures } from "~/platform/figures.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { tell } from "../tell-unit.server";
import {
  CORRECTION_EVENT_FACTS,
  CORRECTION_LIFECYCLE,
  type CorrectionEvent,
  type CorrectionSide,
  type CorrectionStepRefusal,
  type CorrectionTransition,
} from "./correction.lifecycle";
import { lockCorrection, sideOf, type Correction } from "./load-correction.server";

/** A report as a form names it: the version is the one its page showed. */
export interface CorrectionRef {
  readonly id: string;
  readonly version: number;
}

interface CorrectionStep {
  readonly event: CorrectionEvent;
  readonly reason?: string;
  readonly set?: Partial<
    Pick<
      Correction,
      "confirmedBy" | "confirmedAt" | "rejectedReason" | "fixedBy" | "fixedAt" | "fixNote" | "closedBy" | "closedAt"
    >
  >;
  /** what the other side reads in its inbox */
  readonly tidings: string;
}

/**
 * Moves an error report along its way: what all verbs on it share. The other side is told. Refuses with notInThisState,
 * reasonGiven.
 * @throws DomainError notFound, forbidden; conflict when the report changed after this page was opened
 * @source domain.md §4 (数据纠错)
 */
export async function takeCorrectionStep(
  ctx: Ctx,
  ref: CorrectionRef,
  step: CorrectionStep,
): Promise<Result<null, CorrectionStepRefusal>> {
  return inTransaction<null, CorrectionStepRefusal>(ctx, async (tx) => {
    const correction = await lockCorrection(tx, ctx, ref.id);
    const { action, side } = actorOf(step.event);
    authorize(ctx.actor, action, sideOf(correction, side));
    if (correction.version !== ref.version) throw conflict("correction");
    const reason = step.reason?.trim() ?? "";
    const held = reason ? (["reasonGiven"] as const) : [];
    const decision = decideStep<CorrectionTransition>(CORRECTION_LIFECYCLE, correction.state, step.event, held);
    if (!decision.ok) return decision;
    const restarts = decision.value.effects?.includes("restartLimit") ?? false;
    const [after] = await tx
      .update(corrections)
      .set({
        ...step.set,
        ...(restarts && { dueOn: await limitFrom(tx, ctx, correction.regionId) }),
        state: decision.value.to,
        version: correction.version + 1,
      })
      .where(and(eq(corrections.id, correction.id), eq(corrections.version, correction.version)))
      .returning();
    if (!after) throw conflict("correction");
    await record(tx, ctx, {
      action,
      event: CORRECTION_EVENT_FACTS[step.event],
      object: { type: "correction", id: correction.id, regionId: correction.regionId },
      before: correction,
      after,
      ...(reason && { reason }),
      payload: {
        resourceId: correction.resourceId,
        unitId: correction.providerUnitId,
        name: correction.resourceName,
      },
    });
    await tell(tx, ctx, {
      ...sideOf(correction, side === "reporter" ? "provider" : "reporter"),
      roles: ["filer"],
      title: `${step.tidings}：${correction.resourceName}`,
      href: `/catalog/corrections/${correction.id}`,
    });
    return accept(null);
  });
}

function actorOf(event: CorrectionEvent): { action: CorrectionTransition["action"]; side: CorrectionSide } {
  const row = CORRECTION_LIFECYCLE.find(({ on }) => on === event);
  if (!row) throw new Error(`no lifecycle row for ${event}`);
  return { action: row.action, side: row.action === "correction:report" ? "reporter" : "provider" };
}

async function limitFrom(tx: Transaction, ctx: Ctx, regionId: string): Promise<LocalDate> {
  const [figures, calendar] = await Promise.all([loadFigures(tx, ctx.today), loadCalendar(tx, regionId)]);
  return addWorkdays(calendar, ctx.today, figures.number("demand.correctionWorkdays"));
}
