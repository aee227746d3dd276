import type { ExtractTablesWithRelations } from "drizzle-orm";
import type { PgDatabase } from "drizzle-orm/pg-core";
import { drizzle, type PostgresJsDatabase, type PostgresJsQueryResultHKT } from "drizzle-orm/postgres-js";
import type { Sql } from "postgres";

import { GuardedPool } from "./guarded-pool";
import * as schema from "./schema/index";

type Schema = typeof schema;

/** What reads and writes, be it inside a transaction or not. */
export type DatabaseOrTransaction = PgDatabase<PostgresJsQueryResultHKT, Schema, ExtractTablesWithRelations<Schema>>;

export type Transaction = Parameters<Parameters<PostgresJsDatabase<Schema>["transaction"]>[0]>[0];

export type Database = PostgresJsDatabase<Schema> & {
  /** Whether the database answers within the deadline; never throws. @param deadlineMs @unit ms */
  ping(deadlineMs: number): Promise<boolean>;
  /** Ends every connection; queries still running get five seconds. */
  close(): Promise<void>;
};

export interface DatabaseOptions {
  /** most connections at once */
  readonly max?: number;
  /** the server ends a statement after this time; the own deadline of a query lies one second above @unit ms */
  readonly statementTimeoutMs?: number;
}

/** Opens the database. Every query through it ends within its deadline, also when a connection goes silent. */
export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  const pool = new GuardedPool(url, options.max ?? 10, options.statementTimeoutMs ?? 10_000);
  // drizzle uses `options`, `unsafe`, `begin` and, inside a transaction, `savepoint`: exactly what the pool offers.
  const database = drizzle(pool as unknown as Sql, { schema });
  return Object.assign(database, {
    ping: (deadlineMs: number) => pool.ping(deadlineMs),
    close: () => pool.close(),
  });
}
