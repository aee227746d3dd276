import { sql, type SQL } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";

import type { DatabaseOrTransaction } from "@db/client";

/** How many rows of a table meet a condition, as a column of the page's own statement: one way to the database, not two. */
export const countAll = (table: PgTable, where: SQL | undefined): SQL<number> =>
  sql<number>`(select count(*)::int from ${table} where ${where ?? sql`true`})`;

/** A page and how many rows there are in all. Beyond the last page no row tells it, so that it is asked for alone. */
export async function pageOf<Row extends { readonly total: number }>(
  db: DatabaseOrTransaction,
  rows: readonly Row[],
  { table, where, page }: { readonly table: PgTable; readonly where: SQL | undefined; readonly page: number },
): Promise<{ rows: Omit<Row, "total">[]; total: number }> {
  const total = rows[0]?.total ?? (page > 1 ? await db.$count(table, where) : 0);
  return { rows: rows.map(({ total: _total, ...row }) => row), total };
}
