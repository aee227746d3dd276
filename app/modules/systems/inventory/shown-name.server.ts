import { sql, type SQL } from "drizzle-orm";

import { systems } from "@db/schema";
import { inScope } from "~/platform/scope.server";
import type { Scope } from "~/policy";

/** The name of a system as a column before a reader; what `shownName` says of one that was read. Joins `systems`. */
export const shownNameIn = (scope: Scope): SQL<string> =>
  sql<string>`case when ${systems.secret} and not (${inScope(
    { ...scope, operatorUnitId: null },
    { unitId: systems.unitId, regionId: systems.regionId },
  )}) then '涉密系统（' || ${systems.code} || '）' else ${systems.name} end`;
