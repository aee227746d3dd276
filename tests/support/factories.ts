import { createHash, randomUUID } from "node:crypto";

import type { Database } from "@db/client";
import { regions, units, userRoles, users } from "@db/schema";
import type { Actor, Role } from "~/kernel/actor";
import { localDate, startOfDay } from "~/kernel/local-date";
import type { UnitGroup } from "~/kernel/vocabulary";
import { newId } from "~/platform/ids.server";
import { readActor } from "~/platform/sessions.server";
import type { Ctx } from "~/platform/transaction.server";

/** A working Monday, mid-month, with a calendar: what tests call today unless they say otherwise. */
const TEST_TODAY = "2026-07-20";
const NINE_O_CLOCK_MS = 9 * 3_600_000;

export interface TestCity {
  readonly db: Database;
  readonly regionId: string;
  /** a region beside it, for "other region" */
  readonly otherRegionId: string;
  readonly unitId: string;
  readonly otherUnitId: string;
  readonly bureauUnitId: string;
  readonly financeUnitId: string;
  readonly operatorUnitId: string;
  /** a person with this role: departments' roles in the first unit, the rest in their own */
  readonly as: (role: Role, unitId?: string) => Promise<Actor>;
  /** a verb's context for this actor on a day (default: the test's today) */
  readonly ctx: (actor: Actor, today?: string) => Ctx;
}

async function makeRegion(db: Database, name: string, parent?: { id: string; path: string }) {
  const code = createHash("sha256").update(randomUUID()).digest("hex").slice(0, 8);
  const region = {
    id: newId(),
    parentId: parent?.id ?? null,
    code,
    name,
    level: parent ? ("county" as const) : ("city" as const),
    path: `${parent?.path ?? "/"}${code}/`,
    reportingDay: 15,
  };
  await db.insert(regions).values(region);
  return region;
}

/** Adds a unit to a region. */
export async function makeUnit(
  db: Database,
  regionId: string,
  name: string,
  more: { group?: UnitGroup; isOperator?: boolean; assessed?: boolean; cloudExempt?: boolean } = {},
): Promise<string> {
  const id = newId();
  await db.insert(units).values({
    id,
    regionId,
    code: id.slice(-12),
    name,
    initials: "",
    group: more.group ?? "municipal",
    isOperator: more.isOperator ?? false,
    assessed: more.assessed ?? true,
    cloudExempt: more.cloudExempt ?? false,
    position: 1,
  });
  return id;
}

/** Adds a person with roles to a unit and reads them back as an actor, the way a session does. */
async function makeActor(db: Database, regionId: string, unitId: string, roles: Role[]): Promise<Actor> {
  const id = newId();
  await db
    .insert(users)
    .values({ id, regionId, unitId, username: id, name: `测试人员${id.slice(-4)}`, passwordHash: "-" });
  await db.insert(userRoles).values(roles.map((role) => ({ userId: id, role })));
  const actor = await readActor(db, id);
  if (!actor) throw new Error("the actor was not written");
  return actor;
}

/** A small city: a region with a neighbour, two departments, the bureau, finance, an operator. */
export async function makeCity(db: Database): Promise<TestCity> {
  const city = await makeRegion(db, "测试市");
  const region = await makeRegion(db, "测试县", city);
  const other = await makeRegion(db, "邻县", city);
  const unitId = await makeUnit(db, region.id, "市自然资源局");
  const otherUnitId = await makeUnit(db, region.id, "市水利局");
  const bureauUnitId = await makeUnit(db, region.id, "市政务服务数据管理局");
  const financeUnitId = await makeUnit(db, region.id, "市财政局");
  const operatorUnitId = await makeUnit(db, region.id, "市数字政府运营中心", { isOperator: true, assessed: false });
  const homeOf = (role: Role): string => {
    switch (role) {
      case "bureauReviewer":
      case "bureauAssessor":
        return bureauUnitId;
      case "financeReviewer":
        return financeUnitId;
      case "operator":
        return operatorUnitId;
      default:
        return unitId;
    }
  };
  return {
    db,
    regionId: region.id,
    otherRegionId: other.id,
    unitId,
    otherUnitId,
    bureauUnitId,
    financeUnitId,
    operatorUnitId,
    as: (role, at = homeOf(role)) => makeActor(db, region.id, at, [role]),
    ctx: (actor, today = TEST_TODAY) => ({
      db,
      actor,
      now: new Date(startOfDay(localDate(today)).getTime() + NINE_O_CLOCK_MS),
      today: localDate(today),
      requestId: newId(),
      address: "127.0.0.1",
    }),
  };
}
