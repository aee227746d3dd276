import { and, eq, sql } from "drizzle-orm";

import { catalogDeliveries, projects } from "@db/schema";
import { decideStep } from "~/kernel/lifecycle";
import { accept, conflict, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, visible } from "~/policy";

import {
  DELIVERY_EVENT_FACTS,
  DELIVERY_LIFECYCLE,
  type DeliveryStepRefusal,
  type DeliveryTransition,
} from "./delivery.lifecycle";
import { traced } from "./settle-delivery.server";

/**
 * The bureau sends a delivery again that was given up: it waits once more, with the same content under the same key, so
 * that a platform which had taken it after all takes it only once. Refuses with notInThisState.
 * @throws DomainError notFound, forbidden; conflict when somebody did so before
 */
export async function resendDelivery(
  ctx: Ctx,
  { id, version }: { readonly id: string; readonly version: number },
): Promise<Result<null, DeliveryStepRefusal>> {
  return inTransaction<null, DeliveryStepRefusal>(ctx, async (tx) => {
    const [row] = await tx
      .select({ delivery: catalogDeliveries, project: projects })
      .from(catalogDeliveries)
      .innerJoin(projects, eq(projects.id, catalogDeliveries.projectId))
      .where(eq(catalogDeliveries.id, id))
      .for("update", { of: catalogDeliveries });
    const project = visible(ctx.actor, "delivery:read", row?.project, "delivery");
    authorize(ctx.actor, "delivery:resend", project);
    const delivery = row?.delivery;
    if (delivery?.version !== version) throw conflict("delivery");
    const decided = decideStep<DeliveryTransition>(DELIVERY_LIFECYCLE, delivery.state, "resend", []);
    if (!decided.ok) return decided;
    const [after] = await tx
      .update(catalogDeliveries)
      .set({
        state: decided.value.to,
        attempts: 0,
        nextAttemptAt: sql`clock_timestamp()`,
        resentBy: ctx.actor.userId,
        version: version + 1,
      })
      .where(and(eq(catalogDeliveries.id, id), eq(catalogDeliveries.version, version)))
      .returning();
    if (!after) throw conflict("delivery");
    await record(tx, ctx, {
      action: decided.value.action,
      event: DELIVERY_EVENT_FACTS.resend,
      object: { type: "delivery", id, regionId: delivery.regionId },
      before: traced(delivery),
      after: traced(after),
      payload: { projectId: project.id, projectName: project.name, unitId: project.unitId, number: delivery.number },
    });
    return accept(null);
  });
}
