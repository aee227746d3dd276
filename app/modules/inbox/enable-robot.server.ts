import { accept, refuse, type Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import { changeRobot } from "./change-robot.server";
import type { RobotRefusal } from "./inbox.refusals";
import { robotProblems, type RobotRef } from "./load-robot.server";

/**
 * Switches a robot on: from now on it is told, and what waited for it is sent as one message.
 * Refuses with hostNotListed and whatever else stands against the robot by now.
 * @throws DomainError notFound, forbidden; conflict when another edit came first
 */
export const enableRobot = (ctx: Ctx, ref: RobotRef): Promise<Result<null, RobotRefusal>> =>
  changeRobot(ctx, {
    ...ref,
    event: "robotEnabled",
    prepare: async (tx, robot) => {
      const problems = await robotProblems(tx, ctx, robot.regionId, robot, robot.id);
      return problems.length > 0 ? refuse(...problems) : accept({ enabled: true });
    },
  });
