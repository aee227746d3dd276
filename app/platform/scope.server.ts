import { eq, or, sql, type SQL } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";

import type { Scope } from "~/policy";

/** The one place where a policy scope becomes SQL. */
export function inScope(
  scope: Scope,
  columns: { unitId: AnyPgColumn; regionId: AnyPgColumn; operatorUnitId?: AnyPgColumn },
): SQL {
  const parts: SQL[] = [];
  // One parameter however many regions: the statement stays one, and its plan with it.
  if (scope.regionIds.length > 0) parts.push(sql`${columns.regionId} = any(${`{${scope.regionIds.join()}}`}::uuid[])`);
  if (scope.unitId) parts.push(eq(columns.unitId, scope.unitId));
  if (scope.operatorUnitId && columns.operatorUnitId) parts.push(eq(columns.operatorUnitId, scope.operatorUnitId));
  return or(...parts) ?? sql`false`;
}
