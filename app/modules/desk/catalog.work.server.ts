import { and, asc, count, eq, inArray, isNotNull, isNull, lt, sql } from "drizzle-orm";

import type { Database } from "@db/client";
import { corrections, projects, resourceRevisions, resources, units } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import { REQUESTED_STEPS } from "~/kernel/vocabulary";
import { inScope } from "~/platform/scope.server";
import type { Scope } from "~/policy";

import type { WorkItem } from "./work-item";

/** More than these are not listed one by one. */
const MOST_LISTED = 50;

const placeOf = { unitId: resources.unitId, regionId: resources.regionId };

/** Entries outside a filing in state draft: those that were sent back, or those that wait for the leader. */
async function drafts(db: Database, scope: Scope, sentBack: boolean): Promise<WorkItem[]> {
  const rows = await db
    .select({ id: resources.id, name: resources.name })
    .from(resources)
    .leftJoin(projects, eq(projects.id, resources.projectId))
    .where(
      and(
        inScope(scope, placeOf),
        eq(resources.state, "draft"),
        sentBack ? isNotNull(resources.stateReason) : isNull(resources.stateReason),
        sql`coalesce(${projects.stage} not in ('draft', 'submitted', 'returned'), true)`,
      ),
    )
    .orderBy(asc(resources.id))
    .limit(MOST_LISTED);
  return rows.map(({ id, name }) => ({
    key: `resource ${id}`,
    kind: "目录",
    what: sentBack ? "修改被退回的数据资源" : "登记数据资源",
    title: name,
    unitName: null,
    href: sentBack ? `/catalog/${id}/edit` : `/catalog/${id}`,
    dueOn: null,
  }));
}

export const resourcesToMend = (db: Database, scope: Scope): Promise<WorkItem[]> => drafts(db, scope, true);
export const resourcesToRegister = (db: Database, scope: Scope): Promise<WorkItem[]> => drafts(db, scope, false);

/** Changes of published entries that wait for the leader, or for the bureau. */
export async function revisionsWaiting(db: Database, scope: Scope, state: "draft" | "registered"): Promise<WorkItem[]> {
  const rows = await db
    .select({ id: resources.id, name: resources.name, unitName: units.name })
    .from(resourceRevisions)
    .innerJoin(resources, eq(resources.id, resourceRevisions.resourceId))
    .innerJoin(units, eq(units.id, resources.unitId))
    .where(and(inScope(scope, placeOf), eq(resourceRevisions.state, state)))
    .orderBy(asc(resourceRevisions.draftedAt))
    .limit(MOST_LISTED);
  return rows.map(({ id, name, unitName }) => ({
    key: `revision ${id}`,
    kind: "目录",
    what: state === "draft" ? "登记资源修订" : "发布资源修订",
    title: name,
    unitName: state === "draft" ? null : unitName,
    href: `/catalog/${id}`,
    dueOn: null,
  }));
}

/** What units ask the bureau to do with their published entries. */
export async function requestsToDecide(db: Database, scope: Scope): Promise<WorkItem[]> {
  const rows = await db
    .select({ id: resources.id, name: resources.name, step: resources.requestedStep, unitName: units.name })
    .from(resources)
    .innerJoin(units, eq(units.id, resources.unitId))
    .where(and(inScope(scope, placeOf), isNotNull(resources.requestedStep)))
    .orderBy(asc(resources.requestedOn))
    .limit(MOST_LISTED);
  return rows.flatMap(({ id, name, step, unitName }) =>
    step === null
      ? []
      : [
          {
            key: `request ${id}`,
            kind: "目录",
            what: `办理“${REQUESTED_STEPS[step]}”`,
            title: name,
            unitName,
            href: `/catalog/${id}`,
            dueOn: null,
          },
        ],
  );
}

/** Published resources whose update is overdue, as one item with the earliest limit. */
export async function updatesOverdue(db: Database, scope: Scope, today: LocalDate): Promise<WorkItem[]> {
  const [row] = await db
    .select({ waiting: count(), dueOn: sql<LocalDate | null>`min(${resources.nextUpdateDueOn})` })
    .from(resources)
    .where(and(inScope(scope, placeOf), eq(resources.state, "published"), lt(resources.nextUpdateDueOn, today)));
  if (!row || row.waiting === 0) return [];
  return [
    {
      key: "updates",
      kind: "目录",
      what: "更新数据资源并登记",
      title: `${row.waiting} 项逾期未更新`,
      unitName: null,
      href: `/catalog?freshness=overdue${scope.unitId ? `&unit=${scope.unitId}` : ""}`,
      dueOn: row.dueOn,
    },
  ];
}

/** Error reports that wait for the unit: as provider to answer or mend, as reporter to look at the outcome. */
export async function correctionsWaiting(
  db: Database,
  scope: Scope,
  side: "provider" | "reporter",
): Promise<WorkItem[]> {
  const place = side === "provider" ? placeOf : { unitId: corrections.reporterUnitId, regionId: corrections.regionId };
  const rows = await db
    .select({
      id: corrections.id,
      regionId: corrections.regionId,
      name: resources.name,
      state: corrections.state,
      dueOn: corrections.dueOn,
    })
    .from(corrections)
    .innerJoin(resources, eq(resources.id, corrections.resourceId))
    .where(
      and(
        inScope(scope, place),
        inArray(corrections.state, side === "provider" ? ["reported", "confirmed"] : ["fixed", "rejected"]),
      ),
    )
    .orderBy(asc(corrections.dueOn))
    .limit(MOST_LISTED);
  return rows.map(({ id, regionId, name, state, dueOn }) => ({
    key: `correction ${side} ${id}`,
    kind: "纠错",
    what: side === "reporter" ? "确认纠错结果" : state === "reported" ? "核实数据纠错" : "修正数据",
    title: name,
    unitName: null,
    href: `/catalog/corrections/${id}`,
    dueOn: side === "provider" ? dueOn : null,
    regionId,
  }));
}
