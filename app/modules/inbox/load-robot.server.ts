import { and, eq, isNull, ne } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { robots, units } from "@db/schema";
import { conflict, type Refusal } from "~/kernel/result";
import type { RobotBrand } from "~/kernel/vocabulary";
import type { Ctx } from "~/platform/transaction.server";
import { authorize, can, visible } from "~/policy";

import type { Robot } from "./claim-sendings.server";
import { isListedHost } from "./hosts.queries.server";
import type { RobotRefusal } from "./inbox.refusals";
import { hostOf } from "./robot-address.rules";

/** Which robot, and the version its page showed. */
export interface RobotRef {
  readonly id: string;
  readonly version: number;
}

/**
 * A robot under the version that was read, held until the transaction ends.
 * @throws DomainError notFound, forbidden; conflict when another edit came first
 */
export async function loadRobot(tx: Transaction, ctx: Ctx, { id, version }: RobotRef): Promise<Robot> {
  const [found] = await tx.select().from(robots).where(eq(robots.id, id)).for("update");
  const governed = found && { robot: found, regionId: found.regionId, unitId: found.unitId ?? "" };
  const seen = visible(ctx.actor, "admin:system", governed, "robot");
  authorize(ctx.actor, "admin:system", seen);
  if (seen.robot.version !== version) throw conflict("robot");
  return seen.robot;
}

/** What a robot would be, in full. */
export interface WantedRobot {
  readonly name: string;
  readonly brand: RobotBrand;
  readonly unitId: string | null;
  readonly url: string;
  readonly secret: string;
}

/** What stands against it. Refusals nameTaken, unitUnknown, hostNotListed, secretMissing. */
export async function robotProblems(
  tx: Transaction,
  { actor }: Ctx,
  regionId: string,
  { name, brand, unitId, url, secret }: WantedRobot,
  own?: string,
): Promise<Refusal<RobotRefusal>[]> {
  const sameName = and(eq(robots.regionId, regionId), eq(robots.name, name), own ? ne(robots.id, own) : undefined);
  const [unit] = unitId
    ? await tx
        .select({ unitId: units.id, regionId: units.regionId })
        .from(units)
        .where(and(eq(units.id, unitId), isNull(units.closedOn)))
    : [];
  const host = hostOf(url);
  return [
    ...((await tx.$count(robots, sameName)) > 0 ? [{ code: "nameTaken", field: "name" } as const] : []),
    ...(unitId && !(unit?.regionId === regionId && can(actor, "admin:system", unit))
      ? [{ code: "unitUnknown", field: "unitId" } as const]
      : []),
    ...((await isListedHost(tx, regionId, host))
      ? []
      : [{ code: "hostNotListed", field: "url", facts: { host } } as const]),
    ...(brand === "dingtalk" && secret === "" ? [{ code: "secretMissing", field: "secret" } as const] : []),
  ];
}
