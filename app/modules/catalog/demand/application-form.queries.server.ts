import { asc, eq } from "drizzle-orm";

import type { Database } from "@db/client";
import { demands, resourceItems, resources, units } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { authorize, visible } from "~/policy";

import { sideOf, visibleDemand } from "./load-demand.server";

/** The catalog entry that an application is for, with its items. @throws DomainError notFound */
export async function applicationResource(db: Database, actor: Actor, resourceId: string) {
  const [[row], items] = await Promise.all([
    db
      .select({ resource: resources, unitName: units.name })
      .from(resources)
      .innerJoin(units, eq(units.id, resources.unitId))
      .where(eq(resources.id, resourceId)),
    db
      .select({ name: resourceItems.name })
      .from(resourceItems)
      .where(eq(resourceItems.resourceId, resourceId))
      .orderBy(asc(resourceItems.position)),
  ]);
  const { id, name, code, sharingType, conditions, method } = visible(actor, "catalog:read", row?.resource, "resource");
  const unitName = row?.unitName ?? "";
  return { id, name, code, sharingType, conditions, method, unitName, items: items.map((item) => item.name) };
}

/** A demand whose requester may mend and hand it in again. @throws DomainError notFound, forbidden */
export async function demandToMend(db: Database, actor: Actor, demandId: string) {
  const [row] = await db.select().from(demands).where(eq(demands.id, demandId));
  const demand = visibleDemand(actor, row);
  authorize(actor, "demand:apply", sideOf(demand, "requester"));
  return demand;
}
