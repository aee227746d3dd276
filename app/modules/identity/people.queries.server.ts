import { and, asc, eq, isNull } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { units, userRoles, users } from "@db/schema";
import type { Role } from "~/kernel/actor";
import { inScope } from "~/platform/scope.server";
import type { Scope } from "~/policy";

export interface UnitOption {
  readonly id: string;
  readonly name: string;
}

/** Units for a filter or a choice, within a scope, in the order of the official list. */
export async function unitOptions(db: DatabaseOrTransaction, scope: Scope): Promise<UnitOption[]> {
  return db
    .select({ id: units.id, name: units.name })
    .from(units)
    .where(and(isNull(units.closedOn), inScope(scope, { unitId: units.id, regionId: units.regionId })))
    .orderBy(asc(units.group), asc(units.position));
}

/** The people of a unit who hold a role: whom a message goes to. */
export async function usersWithRole(
  db: DatabaseOrTransaction,
  where: { role: Role; unitId?: string; regionId: string },
): Promise<{ id: string; name: string }[]> {
  return db
    .select({ id: users.id, name: users.name })
    .from(users)
    .innerJoin(userRoles, eq(userRoles.userId, users.id))
    .where(
      and(
        eq(userRoles.role, where.role),
        eq(users.regionId, where.regionId),
        isNull(users.disabledAt),
        where.unitId ? eq(users.unitId, where.unitId) : undefined,
      ),
    );
}
