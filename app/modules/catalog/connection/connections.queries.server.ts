import { and, asc, desc, eq, ilike, inArray, isNull, ne, or, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { Database, DatabaseOrTransaction } from "@db/client";
import { resourceConnections, resources, units, users } from "@db/schema";
import { keysOf } from "~/kernel/vocabulary";
import { isWantedUnit, readWantedUnit } from "~/modules/identity/index.server";
import { contains, startsWith } from "~/platform/like.server";
import { inScope } from "~/platform/scope.server";
import type { Scope } from "~/policy";

import { CONNECTION_STANDINGS, type ConnectionStanding } from "./connection.rules";

const PAGE_SIZE = 50;

const connectors = alias(users, "connectors");
const testers = alias(users, "testers");

/** Every connection that a resource has had, the present one first. */
export async function resourceConnectionHistory(db: DatabaseOrTransaction, resourceId: string) {
  return db
    .select({
      id: resourceConnections.id,
      method: resourceConnections.method,
      address: resourceConnections.address,
      connectedOn: resourceConnections.connectedOn,
      connectedBy: resourceConnections.connectedBy,
      connectorName: connectors.name,
      testResult: resourceConnections.testResult,
      testRemark: resourceConnections.testRemark,
      testedOn: resourceConnections.testedOn,
      testerName: testers.name,
      removedOn: resourceConnections.removedOn,
    })
    .from(resourceConnections)
    .leftJoin(connectors, eq(connectors.id, resourceConnections.connectedBy))
    .leftJoin(testers, eq(testers.id, resourceConnections.testedBy))
    .where(eq(resourceConnections.resourceId, resourceId))
    .orderBy(sql`${resourceConnections.removedOn} is not null`, desc(resourceConnections.id));
}

/** What the list can be asked; everything is in the address. */
export interface ConnectionQuery {
  readonly q: string;
  readonly standing: ConnectionStanding | undefined;
  readonly unit: string | undefined;
  readonly page: number;
}

/** Reads the question from an address; what is unknown is ignored, never an error. */
export function readConnectionQuery(params: URLSearchParams): ConnectionQuery {
  const page = Number(params.get("page"));
  return {
    q: (params.get("q") ?? "").trim().slice(0, 100),
    standing: keysOf(CONNECTION_STANDINGS).find((each) => each === params.get("standing")),
    unit: readWantedUnit(params),
    page: Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1,
  };
}

const standing = sql<ConnectionStanding>`case when ${resourceConnections.id} is null then 'none' else coalesce(${resourceConnections.testResult}, 'untested') end`;

/**
 * One page of the shared resources within a scope with how they stand on the exchange, what waits for a test first; and
 * how many there are of each standing, whatever standing is asked for.
 */
export async function listConnections(db: Database, scope: Scope, query: ConnectionQuery) {
  const among: SQL | undefined = and(
    inScope(scope, { unitId: resources.unitId, regionId: resources.regionId }),
    inArray(resources.state, ["registered", "published"]),
    ne(resources.sharingType, "none"),
    isWantedUnit(resources.unitId, query.unit),
    query.q ? or(ilike(resources.name, contains(query.q)), ilike(resources.code, startsWith(query.q))) : undefined,
  );
  const current = and(eq(resourceConnections.resourceId, resources.id), isNull(resourceConnections.removedOn));
  const [rows, counted] = await Promise.all([
    db
      .select({
        id: resources.id,
        code: resources.code,
        name: resources.name,
        unitName: units.name,
        state: resources.state,
        method: resources.method,
        publishedOn: resources.publishedOn,
        connectedOn: resourceConnections.connectedOn,
        testedOn: resourceConnections.testedOn,
        standing,
      })
      .from(resources)
      .innerJoin(units, eq(units.id, resources.unitId))
      .leftJoin(resourceConnections, current)
      .where(and(among, query.standing && sql`${standing} = ${query.standing}`))
      .orderBy(
        sql`array_position(array['untested', 'failed', 'none', 'passed'], ${standing})`,
        asc(resources.publishedOn),
        asc(resources.id),
      )
      .limit(PAGE_SIZE)
      .offset((query.page - 1) * PAGE_SIZE),
    db
      .select({ standing, n: sql<number>`count(*)::int` })
      .from(resources)
      .leftJoin(resourceConnections, current)
      .where(among)
      .groupBy(sql`1`),
  ]);
  const counts = { none: 0, untested: 0, failed: 0, passed: 0 };
  for (const row of counted) counts[row.standing] = row.n;
  const total = query.standing ? counts[query.standing] : Object.values(counts).reduce((sum, n) => sum + n, 0);
  return { rows, counts, total, pageSize: PAGE_SIZE };
}
