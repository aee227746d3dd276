import { decideStep } from "~/kernel/lifecycle";
import { accept, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { holdMatter, matterFacts, touchMatter, type MatterRef } from "./load-matter.server";
import {
  MATTER_EVENT_FACTS,
  MATTER_LIFECYCLE,
  type MatterEvent,
  type MatterStepRefusal,
  type MatterTransition,
} from "./matter.lifecycle";

interface StateStep extends MatterRef {
  readonly event: MatterEvent;
  readonly reason: string;
}

/**
 * Suspends, abolishes or takes up a matter again, with the reason. Its systems and materials stay: what is no longer
 * handled is not counted, and counts again when it comes back.
 * Refuses with notInThisState, reasonGiven.
 * @throws DomainError notFound, forbidden, conflict
 */
export async function setMatterState(ctx: Ctx, step: StateStep): Promise<Result<null, MatterStepRefusal>> {
  return inTransaction<null, MatterStepRefusal>(ctx, async (tx) => {
    const before = await holdMatter(tx, ctx, step);
    authorize(ctx.actor, "matter:edit", before);
    const reason = step.reason.trim();
    const held = reason ? (["reasonGiven"] as const) : [];
    const decided = decideStep<MatterTransition>(MATTER_LIFECYCLE, before.state, step.event, held);
    if (!decided.ok) return decided;
    const after = await touchMatter(tx, ctx, before, { state: decided.value.to });
    await record(tx, ctx, {
      action: "matter:edit",
      event: MATTER_EVENT_FACTS[step.event],
      object: { type: "matter", id: before.id, regionId: before.regionId },
      before,
      after,
      reason,
      payload: { ...matterFacts(after), from: before.state, to: after.state },
    });
    return accept(null);
  });
}
