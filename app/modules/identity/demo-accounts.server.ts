import { asc, eq } from "drizzle-orm";

import type { Database } from "@db/client";
import { units, userRoles, users } from "@db/schema";
import type { Role } from "~/kernel/actor";
import { env } from "~/platform/env.server";

/** The named accounts of a demonstration have the lowest ids; the other units' people are not listed. */
const NAMED = 15;

export interface DemoAccount {
  readonly username: string;
  readonly name: string;
  readonly role: Role;
  readonly unitName: string;
}

/** The accounts a demonstration shows on its log-in page, with their one password. */
export async function demoAccounts(db: Database): Promise<{
  password: string;
  accounts: DemoAccount[];
}> {
  const accounts = await db
    .select({ username: users.username, name: users.name, role: userRoles.role, unitName: units.name })
    .from(users)
    .innerJoin(units, eq(units.id, users.unitId))
    .innerJoin(userRoles, eq(userRoles.userId, users.id))
    .orderBy(asc(users.id))
    .limit(NAMED);
  return { password: env().DEMO_PASSWORD, accounts };
}
