import { and, asc, eq, gt, inArray, isNull, or, sql, type SQL } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";

import type { DatabaseOrTransaction } from "@db/client";
import { units } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import type { UnitGroup } from "~/kernel/vocabulary";

/** What a unit was called on a day. */
export const nameOn = (unitId: AnyPgColumn, on: LocalDate): SQL<string | null> => sql<string | null>`(
  select n.name from unit_names n
  where n.unit_id = ${unitId} and n.from_on <= ${on}::date and (n.to_on is null or n.to_on >= ${on}::date)
  order by n.from_on desc limit 1)`;

/** Departments that take part in the assessment on a day, of the groups that the scheme judges. */
export async function assessedUnits(
  db: DatabaseOrTransaction,
  { regionIds, groups, on }: { regionIds: readonly string[]; groups: readonly UnitGroup[]; on: LocalDate },
): Promise<{ unitId: string; regionId: string; group: UnitGroup; name: string }[]> {
  const rows = await db
    .select({
      unitId: units.id,
      regionId: units.regionId,
      group: units.group,
      today: units.name,
      then: nameOn(units.id, on),
    })
    .from(units)
    .where(
      and(
        inArray(units.regionId, [...regionIds]),
        inArray(units.group, [...groups]),
        units.assessed,
        eq(units.isOperator, false),
        or(isNull(units.closedOn), gt(units.closedOn, on)),
      ),
    )
    .orderBy(asc(units.id));
  return rows.map(({ today, then, ...unit }) => ({ ...unit, name: then ?? today }));
}
