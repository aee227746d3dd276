import { getTableColumns } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";

import type { Transaction } from "@db/client";

/** PostgreSQL takes at most this many values in one statement. */
const MAX_PARAMETERS = 65_000;

/** Inserts rows of one table in as few statements as the protocol allows. */
export async function insertAll<T extends PgTable>(
  tx: Transaction,
  table: T,
  rows: readonly T["$inferInsert"][],
): Promise<void> {
  const size = Math.floor(MAX_PARAMETERS / Object.keys(getTableColumns(table)).length);
  for (let at = 0; at < rows.length; at += size) await tx.insert(table).values(rows.slice(at, at + size));
}
