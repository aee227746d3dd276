import { robots } from "@db/schema";
import { accept, refuse, type Result } from "~/kernel/result";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import type { RobotInput } from "./channels.schema";
import type { RobotRefusal } from "./inbox.refusals";
import { robotProblems } from "./load-robot.server";

/**
 * The system administrator enters a robot of a chat group; it is switched on apart, when it was looked at.
 * Refuses with nameTaken, unitUnknown, hostNotListed, secretMissing.
 * @throws DomainError forbidden
 * @source product.md (messages)
 */
export async function addRobot(
  ctx: Ctx,
  { name, brand, unitId, url, secret = "" }: RobotInput & { readonly url: string },
): Promise<Result<{ id: string }, RobotRefusal>> {
  return inTransaction<{ id: string }, RobotRefusal>(ctx, async (tx) => {
    const { regionId, unitId: own } = ctx.actor;
    authorize(ctx.actor, "admin:system", { regionId, unitId: own });
    const wanted = { name, brand, unitId: unitId ?? null, url, secret: brand === "dingtalk" ? secret : "" };
    const problems = await robotProblems(tx, ctx, regionId, wanted);
    if (problems.length > 0) return refuse(...problems);
    const row = { id: newId(), regionId, ...wanted, enabled: false };
    await tx.insert(robots).values(row);
    await record(tx, ctx, {
      action: "admin:system",
      event: "robotAdded",
      object: { type: "robot", id: row.id, regionId },
      after: row,
      payload: { name },
    });
    return accept({ id: row.id });
  });
}
