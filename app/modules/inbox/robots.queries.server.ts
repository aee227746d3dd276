import { asc, eq } from "drizzle-orm";

import type { Database } from "@db/client";
import { robots, units } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { inScope } from "~/platform/scope.server";
import { visible, type Scope } from "~/policy";

import { ofRegion } from "./hosts.queries.server";
import { hostOf } from "./robot-address.rules";

const SHOWN = {
  id: robots.id,
  regionId: robots.regionId,
  unitId: robots.unitId,
  unitName: units.name,
  name: robots.name,
  brand: robots.brand,
  url: robots.url,
  secret: robots.secret,
  enabled: robots.enabled,
  version: robots.version,
};

interface Row {
  readonly url: string;
  readonly secret: string;
}

/** Of what is secret a page learns only where it leads, and whether it is there. */
const veiled = <R extends Row>({
  url,
  secret,
  ...robot
}: R): Omit<R, keyof Row> & { host: string; signed: boolean } => ({
  ...robot,
  host: hostOf(url),
  signed: secret !== "",
});

/** The robots of the regions that an administrator looks after: the region's own first. */
export async function listRobots(db: Database, scope: Scope) {
  const rows = await db
    .select(SHOWN)
    .from(robots)
    .leftJoin(units, eq(units.id, robots.unitId))
    .where(inScope(scope, ofRegion(robots.regionId)))
    .orderBy(asc(units.group), asc(units.position), asc(robots.name));
  return rows.map(veiled).sort((a, b) => Number(a.unitId !== null) - Number(b.unitId !== null));
}

/** One robot. @throws DomainError notFound outside the actor's sight */
export async function readRobot(db: Database, actor: Actor, id: string) {
  const [row] = await db
    .select(SHOWN)
    .from(robots)
    .leftJoin(units, eq(units.id, robots.unitId))
    .where(eq(robots.id, id));
  const governed = row && { robot: veiled(row), regionId: row.regionId, unitId: row.unitId ?? "" };
  return visible(actor, "admin:system", governed, "robot").robot;
}
