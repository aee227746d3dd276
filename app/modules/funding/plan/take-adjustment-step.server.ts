import { and, eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { fundingPlanAdjustments } from "@db/schema";
import { decideStep } from "~/kernel/lifecycle";
import { accept, conflict, type Result } from "~/kernel/result";
import { notify } from "~/modules/inbox/index.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, samePerson } from "~/policy";

import { loadAdjustment, type AdjustmentRef, type LoadedAdjustment, type Plan } from "./load-adjustment.server";
import { ADJUSTMENT_EVENT_FACTS, ADJUSTMENT_LIFECYCLE, type AdjustmentEvent } from "./plan.lifecycle";
import { adjustmentAction, type AdjustmentStepCode } from "./plan.rules";
import { planTitle } from "./plan.words";

interface Step extends AdjustmentRef {
  readonly event: AdjustmentEvent;
  readonly opinion?: string;
  /** what else the step brings about, in its transaction */
  readonly follow?: (tx: Transaction, loaded: LoadedAdjustment) => Promise<void>;
  /** what its proposer is told; nothing when he did it himself */
  readonly told?: string;
}

/** Where a step led: the plan it belongs to. */
export interface SteppedPlan {
  readonly planId: string;
}

const keyOf = ({ unitId, year, source }: Plan) => ({ unitId, year, source });

/**
 * Moves an adjustment along its lifecycle, in the one order of all its verbs: load in sight, authorize, the version that
 * was read, decide, write, record, follow.
 * Refuses with notInThisState and the guards that do not hold.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 */
export async function takeAdjustmentStep(ctx: Ctx, step: Step): Promise<Result<SteppedPlan, AdjustmentStepCode>> {
  const { event, version } = step;
  const action = adjustmentAction(event);
  return inTransaction<SteppedPlan, AdjustmentStepCode>(ctx, async (tx) => {
    const loaded = await loadAdjustment(tx, ctx, step);
    const { adjustment, plan, unitName } = loaded;
    authorize(ctx.actor, action, plan);
    const opinion = step.opinion?.trim() ?? "";
    const isOwn = samePerson(ctx.actor, adjustment.proposedBy);
    const decided = decideStep(ADJUSTMENT_LIFECYCLE, adjustment.state as "proposed", event, [
      isOwn ? "ownProposal" : "otherPersonThanBefore",
      ...(opinion ? (["reasonGiven"] as const) : []),
    ]);
    if (!decided.ok) return decided;
    const [after] = await tx
      .update(fundingPlanAdjustments)
      .set({
        state: decided.value.to,
        // Who takes back for a colleague on leave does it in his name.
        decidedBy: event === "withdraw" ? adjustment.proposedBy : ctx.actor.userId,
        decidedAt: ctx.now,
        opinion: opinion || null,
        version: version + 1,
      })
      .where(and(eq(fundingPlanAdjustments.id, adjustment.id), eq(fundingPlanAdjustments.version, version)))
      .returning();
    if (!after) throw conflict("planAdjustment");
    await step.follow?.(tx, { ...loaded, adjustment: after });
    const { beforeFen, afterFen, number } = after;
    const name = planTitle(plan, unitName);
    await record(tx, ctx, {
      action,
      event: ADJUSTMENT_EVENT_FACTS[event],
      object: { type: "fundingPlan", id: plan.id, regionId: plan.regionId },
      before: adjustment,
      after,
      ...(opinion && { reason: opinion }),
      payload: { ...keyOf(plan), name, number, beforeFen, afterFen },
    });
    if (step.told)
      await notify(tx, ctx, {
        userIds: [adjustment.proposedBy],
        title: `${step.told}：${name}（第 ${number} 次）`,
        href: `/funding/plan/${plan.id}`,
      });
    return accept({ planId: plan.id });
  });
}
