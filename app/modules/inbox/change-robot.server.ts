import { and, eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { robots } from "@db/schema";
import { accept, conflict, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";

import type { Robot } from "./claim-sendings.server";
import type { RobotRefusal } from "./inbox.refusals";
import { loadRobot, type RobotRef } from "./load-robot.server";

interface Change extends RobotRef {
  readonly event: "robotEdited" | "robotEnabled" | "robotDisabled";
  /** what the verb has against it, or the columns that change */
  readonly prepare: (tx: Transaction, robot: Robot) => Promise<Result<Partial<Robot>, RobotRefusal>>;
}

/**
 * Changes a robot in the one order of all verbs.
 * @throws DomainError notFound, forbidden; conflict when another edit came first
 */
export async function changeRobot(ctx: Ctx, { event, prepare, ...ref }: Change): Promise<Result<null, RobotRefusal>> {
  return inTransaction<null, RobotRefusal>(ctx, async (tx) => {
    const robot = await loadRobot(tx, ctx, ref);
    const prepared = await prepare(tx, robot);
    if (!prepared.ok) return prepared;
    const [after] = await tx
      .update(robots)
      .set({ ...prepared.value, version: robot.version + 1 })
      .where(and(eq(robots.id, robot.id), eq(robots.version, robot.version)))
      .returning();
    if (!after) throw conflict("robot");
    await record(tx, ctx, {
      action: "admin:system",
      event,
      object: { type: "robot", id: robot.id, regionId: robot.regionId },
      before: robot,
      after,
      payload: { name: after.name },
    });
    return accept(null);
  });
}
