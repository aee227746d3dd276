import { accept, refuse, type Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import { changeRobot } from "./change-robot.server";
import type { RobotInput } from "./channels.schema";
import type { RobotRefusal } from "./inbox.refusals";
import { robotProblems, type RobotRef } from "./load-robot.server";

/**
 * The system administrator corrects a robot. Address and secret stay as they are unless they are typed anew: no page ever
 * shows them.
 * Refuses with nameTaken, unitUnknown, hostNotListed, secretMissing.
 * @throws DomainError notFound, forbidden; conflict when another edit came first
 */
export const editRobot = (
  ctx: Ctx,
  ref: RobotRef,
  { name, brand, unitId, url, secret }: RobotInput,
): Promise<Result<null, RobotRefusal>> =>
  changeRobot(ctx, {
    ...ref,
    event: "robotEdited",
    prepare: async (tx, robot) => {
      const kept = robot.brand === brand ? robot.secret : "";
      const wanted = {
        name,
        brand,
        unitId: unitId ?? null,
        url: url ?? robot.url,
        secret: brand === "dingtalk" ? secret || kept : "",
      };
      const problems = await robotProblems(tx, ctx, robot.regionId, wanted, robot.id);
      return problems.length > 0 ? refuse(...problems) : accept(wanted);
    },
  });
