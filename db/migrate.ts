import path from "node:path";

import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";

import { resolveDatabaseUrl } from "./locate";
import { projectRoot } from "./project-root";

/** Whoever migrates holds this advisory lock, so that of several nodes starting at once one runs and the others wait. */
const MIGRATION_LOCK = 7_305_412;

/**
 * Brings a database to the newest schema. All pending migrations run in one transaction: killed anywhere, none of them
 * has happened. Safe to call from several processes at once.
 * @param folder the migrations; by default those of the project
 */
export async function migrate(url: string, folder = path.join(projectRoot(), "migrations")): Promise<void> {
  const client = postgres(url, {
    max: 1,
    connect_timeout: 5,
    max_lifetime: null,
    onnotice: () => undefined,
    // A long migration and a long wait for another node's are both right.
    connection: { application_name: "mingjing migrate", statement_timeout: 0, idle_in_transaction_session_timeout: 0 },
  });
  try {
    await client`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await client`create extension if not exists pg_trgm`;
    await applyMigrations(drizzle(client), { migrationsFolder: folder });
  } finally {
    await client.end({ timeout: 5 });
  }
}

async function runFromCommandLine(): Promise<void> {
  const database = await resolveDatabaseUrl(process.env, console.log);
  try {
    await migrate(database.url);
    console.log("数据库结构已是最新。");
  } finally {
    await database.stop();
  }
}

// By the file's name, not import.meta.url: the bundler may move this module into a shared chunk.
if (/[\\/]db[\\/]migrate(\.[jt]s)?$/.test(process.argv[1] ?? "")) {
  runFromCommandLine().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
