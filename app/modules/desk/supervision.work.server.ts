import { and, asc, eq } from "drizzle-orm";

import type { Database } from "@db/client";
import { supervisionTalks, units } from "@db/schema";
import { inScope } from "~/platform/scope.server";
import type { Scope } from "~/policy";

import type { WorkItem } from "./work-item";

/** Talks that were called and not recorded as held yet: for the bureau to hold, for the unit to come to. */
export async function talksCalled(db: Database, scope: Scope, what: string): Promise<WorkItem[]> {
  const rows = await db
    .select({
      id: supervisionTalks.id,
      regionId: supervisionTalks.regionId,
      number: supervisionTalks.number,
      dueOn: supervisionTalks.dueOn,
      unitName: units.name,
    })
    .from(supervisionTalks)
    .innerJoin(units, eq(units.id, supervisionTalks.unitId))
    .where(
      and(
        inScope(scope, { unitId: supervisionTalks.unitId, regionId: supervisionTalks.regionId }),
        eq(supervisionTalks.state, "called"),
      ),
    )
    .orderBy(asc(supervisionTalks.dueOn), asc(supervisionTalks.id));
  return rows.map(({ id, regionId, number, dueOn, unitName }) => ({
    key: `supervision-talk ${id}`,
    kind: "督办",
    what,
    title: `${unitName}负责人（${number}）`,
    unitName,
    href: `/supervision/talks/${id}`,
    dueOn,
    regionId,
  }));
}
