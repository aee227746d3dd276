import { asc, eq } from "drizzle-orm";

import type { Database } from "@db/client";
import { units, users } from "@db/schema";
import { env } from "~/platform/env.server";

/** The accounts a demonstration shows on its log-in page, with their one password. */
export async function demoAccounts(db: Database): Promise<{
  password: string;
  accounts: { username: string; name: string; unitName: string }[];
}> {
  const accounts = await db
    .select({ username: users.username, name: users.name, unitName: units.name })
    .from(users)
    .innerJoin(units, eq(units.id, users.unitId))
    .orderBy(asc(users.id));
  return { password: env().DEMO_PASSWORD, accounts };
}
