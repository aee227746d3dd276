import { and, asc, countDistinct, eq, inArray, isNotNull, isNull, ne, sql } from "drizzle-orm";

import type { Database } from "@db/client";
import { catalogDeliveries, projects, resourceConnections, resources, units } from "@db/schema";
import { inScope } from "~/platform/scope.server";
import type { Scope } from "~/policy";

import type { WorkItem } from "./work-item";

const MOST_LISTED = 50;
const placeOf = { unitId: resources.unitId, regionId: resources.regionId };
const current = and(eq(resourceConnections.resourceId, resources.id), isNull(resourceConnections.removedOn));

/** Deliveries to the catalog platform that were given up and keep their project's later ones back. */
export async function deliveriesToResend(db: Database, scope: Scope): Promise<WorkItem[]> {
  const rows = await db
    .select({
      id: catalogDeliveries.id,
      number: catalogDeliveries.number,
      name: projects.name,
      unitName: units.name,
    })
    .from(catalogDeliveries)
    .innerJoin(projects, eq(projects.id, catalogDeliveries.projectId))
    .innerJoin(units, eq(units.id, projects.unitId))
    .where(
      and(
        inScope(scope, { unitId: projects.unitId, regionId: projects.regionId }),
        eq(catalogDeliveries.state, "dead"),
      ),
    )
    .orderBy(asc(catalogDeliveries.createdAt))
    .limit(MOST_LISTED);
  return rows.map(({ id, number, name, unitName }) => ({
    key: `delivery ${id}`,
    kind: "目录",
    what: "查明未送达原因并重新发送",
    title: `${name}（第 ${number} 次交付）`,
    unitName,
    href: `/catalog/deliveries/${id}`,
    dueOn: null,
  }));
}

/** Connections that wait for their test share, as one item; not those one made oneself. */
export async function connectionsToTest(db: Database, scope: Scope, userId: string): Promise<WorkItem[]> {
  const [row] = await db
    .select({ waiting: countDistinct(resources.id), units: countDistinct(resources.unitId) })
    .from(resources)
    .innerJoin(resourceConnections, current)
    .where(
      and(
        inScope(scope, placeOf),
        inArray(resources.state, ["registered", "published"]),
        isNull(resourceConnections.testResult),
        ne(resourceConnections.connectedBy, userId),
      ),
    );
  if (!row || row.waiting === 0) return [];
  return [
    {
      key: "connections",
      kind: "目录",
      what: "测试资源挂接",
      title: `${row.units} 个单位已挂接 ${row.waiting} 项`,
      unitName: null,
      href: "/catalog/connections?standing=untested",
      dueOn: null,
    },
  ];
}

/** Published resources of the unit that are not on the exchange, as one item, and those whose test failed. */
export async function connectionsToMend(db: Database, scope: Scope): Promise<WorkItem[]> {
  const [missing, failed] = await Promise.all([
    db
      .select({ waiting: countDistinct(resources.id) })
      .from(resources)
      .leftJoin(resourceConnections, current)
      .where(
        and(
          inScope(scope, placeOf),
          eq(resources.state, "published"),
          ne(resources.sharingType, "none"),
          isNotNull(resources.method),
          isNull(resourceConnections.id),
        ),
      ),
    db
      .select({ id: resources.id, name: resources.name })
      .from(resources)
      .innerJoin(resourceConnections, current)
      .where(
        and(
          inScope(scope, placeOf),
          inArray(resources.state, ["registered", "published"]),
          sql`${resourceConnections.testResult} = 'failed'`,
        ),
      )
      .orderBy(asc(resourceConnections.testedOn), asc(resources.id))
      .limit(MOST_LISTED),
  ]);
  const shared = { kind: "目录", unitName: null, dueOn: null };
  const waiting = missing[0]?.waiting ?? 0;
  return [
    ...failed.map(({ id, name }) => ({
      ...shared,
      key: `connection ${id}`,
      what: "改正未通过测试的挂接",
      title: name,
      href: `/catalog/${id}?tab=connection`,
    })),
    ...(waiting > 0
      ? [
          {
            ...shared,
            key: "unconnected",
            what: "挂接数据资源",
            title: `${waiting} 项已发布、尚未挂接`,
            href: "/catalog/connections?standing=none",
          },
        ]
      : []),
  ];
}
