import { asc, and, eq } from "drizzle-orm";

import type { Database } from "@db/client";
import { scopeDecisions, systems, units } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { SCOPE_RESULTS } from "~/kernel/vocabulary";
import { inScope } from "~/platform/scope.server";
import { samePerson, type Scope } from "~/policy";

import type { WorkItem } from "./work-item";

/** Proposals of scope that wait for a second person: not one's own. */
export async function scopeToConfirm(db: Database, scope: Scope, actor: Actor): Promise<WorkItem[]> {
  const rows = await db
    .select({
      id: scopeDecisions.id,
      scope: scopeDecisions.scope,
      proposedBy: scopeDecisions.proposedBy,
      name: systems.name,
      unitName: units.name,
    })
    .from(scopeDecisions)
    .innerJoin(systems, eq(systems.id, scopeDecisions.systemId))
    .innerJoin(units, eq(units.id, systems.unitId))
    .where(
      and(eq(scopeDecisions.state, "proposed"), inScope(scope, { unitId: systems.unitId, regionId: systems.regionId })),
    )
    .orderBy(asc(scopeDecisions.proposedAt), asc(scopeDecisions.id));
  return rows
    .filter(({ proposedBy }) => !samePerson(actor, proposedBy))
    .map(({ id, scope: result, name, unitName }) => ({
      key: `scope ${id}`,
      kind: "上云",
      what: "复核上云范围认定",
      title: `${name}：${SCOPE_RESULTS[result]}`,
      unitName,
      href: `/cloud/scope/${id}`,
      dueOn: null,
    }));
}
