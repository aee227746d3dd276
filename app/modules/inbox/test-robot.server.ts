import { sendings } from "@db/schema";
import { formatInstant } from "~/kernel/local-date";
import { accept, refuse, type Result } from "~/kernel/result";
import { absoluteUrl } from "~/platform/env.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";

import { newSending, startSending } from "./announce.server";
import type { RobotRefusal } from "./inbox.refusals";
import { loadRobot, type RobotRef } from "./load-robot.server";
import { robotLine } from "./sending.rules";

/**
 * Sends a robot a test message, the way every message goes; the log says what became of it. One a minute, however often
 * the button is pressed. Refuses with robotDisabled.
 * @throws DomainError notFound, forbidden; conflict when another edit came first
 */
export async function testRobot(ctx: Ctx, ref: RobotRef): Promise<Result<null, RobotRefusal>> {
  return inTransaction<null, RobotRefusal>(ctx, async (tx) => {
    const robot = await loadRobot(tx, ctx, ref);
    if (!robot.enabled) return refuse({ code: "robotDisabled" });
    const { id, regionId, name } = robot;
    const minute = formatInstant(ctx.now);
    const subject = `测试消息：明镜系统已接通“${name}”（${minute}）`;
    const [written] = await tx
      .insert(sendings)
      .values({
        ...newSending(ctx.now),
        ...{ regionId, subject, kind: "robot" as const, robotId: id, address: name },
        body: robotLine(subject, absoluteUrl("/")),
        occasion: `robot-test ${minute} ${id}`,
      })
      .onConflictDoNothing()
      .returning({ id: sendings.id });
    if (!written) return accept(null);
    await startSending(tx, ctx);
    await record(tx, ctx, {
      action: "admin:system",
      event: "robotTested",
      object: { type: "robot", id, regionId },
      payload: { name },
    });
    return accept(null);
  });
}
