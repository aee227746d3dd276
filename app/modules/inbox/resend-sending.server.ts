import { and, eq, sql } from "drizzle-orm";

import { robots, sendings } from "@db/schema";
import { accept, conflict, refuse, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, visible, type Action } from "~/policy";

import type { ResendRefusal } from "./inbox.refusals";
import { logAction } from "./log-access";
import { startSending } from "./announce.server";

/**
 * Sends again what was given up: it waits once more, with the same words.
 * Refuses with notDead, robotDisabled.
 * @throws DomainError notFound, forbidden; conflict when somebody did so before
 */
export async function resendSending(
  ctx: Ctx,
  { id, attempts }: { readonly id: string; readonly attempts: number },
): Promise<Result<null, ResendRefusal>> {
  return inTransaction<null, ResendRefusal>(ctx, async (tx) => {
    const action: Action = logAction(ctx.actor);
    const [row] = await tx
      .select({ sending: sendings, robotEnabled: robots.enabled })
      .from(sendings)
      .leftJoin(robots, eq(robots.id, sendings.robotId))
      .where(eq(sendings.id, id))
      .for("update", { of: sendings });
    const governed = row && { ...row, regionId: row.sending.regionId, unitId: "" };
    const { sending, robotEnabled, ...reach } = visible(ctx.actor, action, governed, "sending");
    authorize(ctx.actor, action, reach);
    if (sending.state !== "dead") return refuse({ code: "notDead" });
    if (sending.attempts !== attempts) throw conflict("sending");
    if (robotEnabled === false) return refuse({ code: "robotDisabled" });
    const [after] = await tx
      .update(sendings)
      .set({ state: "waiting", attempts: 0, nextAttemptAt: sql`clock_timestamp()` })
      .where(and(eq(sendings.id, id), eq(sendings.state, "dead")))
      .returning();
    if (!after) throw conflict("sending");
    await startSending(tx, ctx);
    await record(tx, ctx, {
      action,
      event: "sendingResent",
      object: { type: "sending", id, regionId: sending.regionId },
      before: sending,
      after,
      payload: { kind: sending.kind, subject: sending.subject },
    });
    return accept(null);
  });
}
