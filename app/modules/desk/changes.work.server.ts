import { and, asc, eq, ne, sql, type SQL } from "drizzle-orm";

import type { Database } from "@db/client";
import { projectChanges, projects, units } from "@db/schema";
import { inScope } from "~/platform/scope.server";
import type { Scope } from "~/policy";

import type { WorkItem } from "./work-item";

async function changeWork(db: Database, scope: Scope, where: SQL | undefined, what: string): Promise<WorkItem[]> {
  const rows = await db
    .select({
      id: projectChanges.id,
      regionId: projects.regionId,
      number: projectChanges.number,
      name: projects.name,
      unitName: units.name,
      dueOn: projectChanges.dueOn,
    })
    .from(projectChanges)
    .innerJoin(projects, eq(projects.id, projectChanges.projectId))
    .innerJoin(units, eq(units.id, projects.unitId))
    .where(and(inScope(scope, { unitId: projects.unitId, regionId: projects.regionId }), where))
    .orderBy(asc(projectChanges.dueOn), asc(projectChanges.id));
  return rows.map(({ id, regionId, number, name, unitName, dueOn }) => ({
    key: `${what} ${id}`,
    kind: "变更",
    what,
    title: `${name}（变更${number}）`,
    unitName,
    href: `/changes/${id}`,
    dueOn,
    regionId,
  }));
}

/** Changes that the unit has not handed in yet. */
export const changesToSubmit = (db: Database, scope: Scope): Promise<WorkItem[]> =>
  changeWork(db, scope, eq(projectChanges.state, "draft"), "完成变更申请并提交");

/** Changes for the unit's leader; not one's own. */
export const changesToSign = (db: Database, scope: Scope, userId: string): Promise<WorkItem[]> =>
  changeWork(
    db,
    scope,
    and(eq(projectChanges.state, "signing"), ne(projectChanges.requestedBy, userId)),
    "签批项目变更",
  );

/** Changes before the bureau; not those that one asked for or signed. */
export const changesToDecide = (db: Database, scope: Scope, userId: string): Promise<WorkItem[]> =>
  changeWork(
    db,
    scope,
    and(
      eq(projectChanges.state, "open"),
      ne(projectChanges.requestedBy, userId),
      sql`${projectChanges.signedBy} is distinct from ${userId}`,
    ),
    "办理项目变更",
  );
