import { and, eq, isNull, sql } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { catalogDeliveries, deliveryAttempts, projects } from "@db/schema";
import { decideStep } from "~/kernel/lifecycle";
import { accept, conflict, notFound, type Result } from "~/kernel/result";
import { usersWithRole } from "~/modules/identity/index.server";
import { notify } from "~/modules/inbox/index.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import type { Claimed, Delivery } from "./claim-delivery.server";
import {
  DELIVERY_EVENT_FACTS,
  DELIVERY_LIFECYCLE,
  type DeliveryEvent,
  type DeliveryStepRefusal,
  type DeliveryTransition,
} from "./delivery.lifecycle";

/** How an attempt ended. */
export interface AttemptEnd {
  readonly status: number | null;
  /** a FailureCode with what the system said of it; null when it was delivered */
  readonly error: string | null;
  /** the platform's words, cut short */
  readonly answer: string | null;
}

/**
 * Writes down how an attempt ended and what becomes of its delivery: delivered, tried again after a while, or given up,
 * which the bureau is told. Only whoever holds the delivery changes it: when the lease ran out and another one took it,
 * the attempt alone is written down.
 * @throws DomainError notFound, forbidden; conflict when another process holds the delivery
 */
export async function settleDelivery(
  ctx: Ctx,
  { delivery, attemptId }: Claimed,
  event: Exclude<DeliveryEvent, "resend">,
  end: AttemptEnd,
  /** @unit ms */
  retryAfterMs: number | null,
): Promise<Result<null, DeliveryStepRefusal>> {
  const { status, error } = end;
  const now = sql`clock_timestamp()`;
  await ctx.db
    .update(deliveryAttempts)
    .set({ endedAt: now, status, error })
    .where(and(eq(deliveryAttempts.id, attemptId), isNull(deliveryAttempts.endedAt)));
  return inTransaction<null, DeliveryStepRefusal>(ctx, async (tx) => {
    const [project] = await tx.select().from(projects).where(eq(projects.id, delivery.projectId));
    if (!project) throw notFound("project");
    authorize(ctx.actor, "delivery:resend", project);
    const decided = decideStep<DeliveryTransition>(DELIVERY_LIFECYCLE, delivery.state, event, []);
    if (!decided.ok) return decided;
    const [after] = await tx
      .update(catalogDeliveries)
      .set({
        state: decided.value.to,
        leasedUntil: null,
        nextAttemptAt: retryAfterMs === null ? null : sql`${now} + ${retryAfterMs} * interval '1 millisecond'`,
        lastStatus: status,
        lastError: error,
        answer: end.answer,
        ...(event === "deliver" && { deliveredAt: now }),
        version: delivery.version + 1,
      })
      .where(and(eq(catalogDeliveries.id, delivery.id), eq(catalogDeliveries.version, delivery.version)))
      .returning();
    if (!after) throw conflict("delivery");
    if (event === "fail") return accept(null);
    const { id, regionId, projectId, number } = delivery;
    await record(tx, ctx, {
      action: decided.value.action,
      event: DELIVERY_EVENT_FACTS[event],
      object: { type: "delivery", id, regionId },
      before: traced(delivery),
      after: traced(after),
      payload: { projectId, projectName: project.name, unitId: project.unitId, number },
    });
    if (event === "giveUp") await tellBureau(tx, ctx, delivery, project.name);
    return accept(null);
  });
}

/** What the trail proves of a delivery: the payload by its digest. */
export const traced = ({ payload: _payload, ...rest }: Delivery): Omit<Delivery, "payload"> => rest;

async function tellBureau(tx: Transaction, ctx: Ctx, { id, regionId, number }: Delivery, name: string): Promise<void> {
  const people = await usersWithRole(tx, { role: "bureauReviewer", regionId });
  await notify(tx, ctx, {
    userIds: people.map(({ id: userId }) => userId),
    title: `目录交付多次未送达，已停止重试：${name}（第 ${number} 次交付）`,
    href: `/catalog/deliveries/${id}`,
  });
}
