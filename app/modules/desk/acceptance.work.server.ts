import { and, asc, eq, inArray, ne, sql, type SQL } from "drizzle-orm";

import type { Database } from "@db/client";
import { acceptanceExtensions, acceptances, projects, units } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import { acceptanceTitle } from "~/modules/acceptance";
import { acceptanceClocks } from "~/modules/acceptance/index.server";
import { inScope } from "~/platform/scope.server";
import type { Scope } from "~/policy";

import type { WorkItem } from "./work-item";

const KIND = "验收";
const home = (projectId: string): string => `/projects/${projectId}/acceptance`;
const ofScope = (scope: Scope): SQL => inScope(scope, { unitId: projects.unitId, regionId: projects.regionId });

async function applications(db: Database, scope: Scope, where: SQL | undefined, what: string): Promise<WorkItem[]> {
  const rows = await db
    .select({
      id: acceptances.id,
      kind: acceptances.kind,
      number: acceptances.number,
      projectId: projects.id,
      regionId: projects.regionId,
      name: projects.name,
      unitName: units.name,
      dueOn: acceptances.dueOn,
    })
    .from(acceptances)
    .innerJoin(projects, eq(projects.id, acceptances.projectId))
    .innerJoin(units, eq(units.id, projects.unitId))
    .where(and(ofScope(scope), where))
    .orderBy(asc(acceptances.dueOn), asc(acceptances.id));
  return rows.map(({ id, kind, number, projectId, name, unitName, dueOn, regionId }) => ({
    key: `${what} ${id}`,
    kind: KIND,
    what,
    title: `${name}（${acceptanceTitle(kind, number)}）`,
    unitName,
    href: home(projectId),
    dueOn,
    regionId,
  }));
}

async function extensions(db: Database, scope: Scope, where: SQL | undefined, what: string): Promise<WorkItem[]> {
  const rows = await db
    .select({ id: acceptanceExtensions.id, projectId: projects.id, name: projects.name, unitName: units.name })
    .from(acceptanceExtensions)
    .innerJoin(projects, eq(projects.id, acceptanceExtensions.projectId))
    .innerJoin(units, eq(units.id, projects.unitId))
    .where(and(ofScope(scope), where))
    .orderBy(asc(acceptanceExtensions.requestedAt));
  return rows.map(({ id, projectId, name, unitName }) => ({
    key: `${what} ${id}`,
    kind: KIND,
    what,
    title: name,
    unitName,
    href: `${home(projectId)}#extensions`,
    dueOn: null,
  }));
}

/** Applications that the unit has not handed in yet, and tried-out projects whose limit to apply runs. */
export async function acceptancesToApply(db: Database, scope: Scope, today: LocalDate): Promise<WorkItem[]> {
  const [clocks, rows, drafts] = await Promise.all([
    acceptanceClocks(db, today),
    db
      .select({ id: projects.id, regionId: projects.regionId, name: projects.name, unitName: units.name })
      .from(projects)
      .innerJoin(units, eq(units.id, projects.unitId))
      .where(
        and(
          ofScope(scope),
          eq(projects.stage, "trialRun"),
          sql`not exists (select 1 from ${acceptances} a where a.project_id = ${projects}.id and a.state in ('draft', 'signing', 'open', 'returned'))`,
        ),
      )
      .orderBy(asc(projects.code)),
    applications(db, scope, inArray(acceptances.state, ["draft", "returned"]), "完成验收申请并提交"),
  ]);
  const due = rows.map(({ id, regionId, name, unitName }): WorkItem => {
    const dueOn = clocks.get(id)?.limit ?? null;
    return { key: `apply ${id}`, kind: KIND, what: "申请终验", title: name, unitName, href: home(id), dueOn, regionId };
  });
  return [...drafts, ...due];
}

/** Applications and requests for a later limit for the unit's leader; not one's own. */
export async function acceptancesToSign(db: Database, scope: Scope, userId: string): Promise<WorkItem[]> {
  const [signing, later] = await Promise.all([
    applications(
      db,
      scope,
      and(eq(acceptances.state, "signing"), sql`${acceptances.submittedBy} is distinct from ${userId}`),
      "签批验收申请",
    ),
    extensions(
      db,
      scope,
      and(eq(acceptanceExtensions.state, "signing"), ne(acceptanceExtensions.requestedBy, userId)),
      "签批延期验收",
    ),
  ]);
  return [...signing, ...later];
}

/** Applications and requests for a later limit before the bureau. */
export async function acceptancesToDecide(db: Database, scope: Scope): Promise<WorkItem[]> {
  const [open, later] = await Promise.all([
    applications(db, scope, eq(acceptances.state, "open"), "办理验收"),
    extensions(db, scope, eq(acceptanceExtensions.state, "open"), "办理延期验收"),
  ]);
  return [...open, ...later];
}
