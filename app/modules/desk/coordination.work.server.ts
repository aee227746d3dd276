import { and, asc, eq, isNull, type SQL } from "drizzle-orm";

import type { Database } from "@db/client";
import { coordinationMatters, projects, units } from "@db/schema";
import { inScope } from "~/platform/scope.server";
import type { Scope } from "~/policy";

import type { WorkItem } from "./work-item";

async function mattersIn(db: Database, scope: Scope, where: SQL | undefined, what: string): Promise<WorkItem[]> {
  const rows = await db
    .select({
      id: coordinationMatters.id,
      regionId: coordinationMatters.regionId,
      projectName: projects.name,
      unitName: units.name,
      dueOn: coordinationMatters.answerDueOn,
    })
    .from(coordinationMatters)
    .innerJoin(projects, eq(projects.id, coordinationMatters.projectId))
    .innerJoin(units, eq(units.id, coordinationMatters.unitId))
    .where(
      and(
        inScope(scope, { unitId: coordinationMatters.unitId, regionId: coordinationMatters.regionId }),
        eq(coordinationMatters.state, "raised"),
        where,
      ),
    )
    .orderBy(asc(coordinationMatters.answerDueOn), asc(coordinationMatters.id));
  return rows.map(({ id, regionId, projectName, unitName, dueOn }) => ({
    key: `${what} ${id}`,
    kind: "协调",
    what,
    title: `${projectName}需协调事项`,
    unitName,
    href: `/coordination/${id}`,
    dueOn,
    regionId,
  }));
}

/** What the leading group has not answered yet. */
export const mattersToAnswer = (db: Database, scope: Scope): Promise<WorkItem[]> =>
  mattersIn(db, scope, undefined, "答复需协调事项");

/** What the bureau has not advised on yet, while it waits for an answer. */
export const mattersToAdvise = (db: Database, scope: Scope): Promise<WorkItem[]> =>
  mattersIn(db, scope, isNull(coordinationMatters.advice), "对需协调事项提出意见");
