import { and, inArray, isNull, eq } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { userRoles, users } from "@db/schema";

/** Those who fill in and lead the units: whom a message about their tasks goes to; each once. */
export async function peopleOfUnits(db: DatabaseOrTransaction, unitIds: readonly string[]): Promise<string[]> {
  if (unitIds.length === 0) return [];
  const rows = await db
    .selectDistinct({ id: users.id })
    .from(users)
    .innerJoin(userRoles, eq(userRoles.userId, users.id))
    .where(
      and(
        inArray(users.unitId, [...unitIds]),
        inArray(userRoles.role, ["filer", "unitLead"]),
        isNull(users.disabledAt),
      ),
    );
  return rows.map(({ id }) => id);
}
