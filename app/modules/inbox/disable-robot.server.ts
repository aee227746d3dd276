import { accept, type Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import { changeRobot } from "./change-robot.server";
import type { RobotRefusal } from "./inbox.refusals";
import type { RobotRef } from "./load-robot.server";

/**
 * Switches a robot off: nothing more is sent to it, nor written for it.
 * @throws DomainError notFound, forbidden; conflict when another edit came first
 */
export const disableRobot = (ctx: Ctx, ref: RobotRef): Promise<Result<null, RobotRefusal>> =>
  changeRobot(ctx, { ...ref, event: "robotDisabled", prepare: () => Promise.resolve(accept({ enabled: false })) });
