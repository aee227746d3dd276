import { randomInt } from "node:crypto";
import path from "node:path";

import postgres, { type Sql } from "postgres";
import type { TestProject } from "vitest/node";

import { openDatabase } from "@db/client";
import { startEmbedded } from "@db/embedded";
import { migrate } from "@db/migrate";
import { projectRoot } from "@db/project-root";
import { seedReference } from "@seeds/reference/index";

declare module "vitest" {
  interface ProvidedContext {
    /** the server's maintenance database */
    databaseServer: string;
    /** name of this run's template; clones are named after it */
    databaseTemplate: string;
  }
}

/** A run holds the lock of its number while it lives; databases of a number nobody holds are left-overs. */
const RUN_LOCKS = 7_305;

/** Builds, once per run, a migrated database with the reference data, from which every test file gets its own clone. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await testServer();
  const control = postgres(server.url, { max: 1, max_lifetime: null, onnotice: () => undefined });
  const run = randomInt(1, 2 ** 31 - 1);
  const template = `test_${run}`;
  try {
    await control`select pg_advisory_lock(${RUN_LOCKS}, ${run})`;
    await dropLeftovers(control);
    await control.unsafe(`create database ${template}`);
    await fill(named(server.url, template));
  } catch (error) {
    await control.end({ timeout: 1 });
    await server.stop();
    throw error;
  }
  project.provide("databaseServer", server.url);
  project.provide("databaseTemplate", template);

  return async () => {
    await dropDatabases(control, [run]);
    await control.end({ timeout: 1 });
    await server.stop();
  };
}

/** TEST_DATABASE_URL (a server on which databases may be created), otherwise an embedded one without the cost of safety. */
async function testServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { url: given, stop: () => Promise.resolve() };
  const dataDir = path.join(projectRoot(), ".data/test");
  const settings = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };
  return startEmbedded({ dataDir, settings, log: console.log });
}

async function fill(url: string): Promise<void> {
  await migrate(url);
  const database = openDatabase(url, { max: 1, statementTimeoutMs: 60_000 });
  try {
    await seedReference(database);
  } finally {
    await database.close();
  }
}

async function dropLeftovers(control: Sql): Promise<void> {
  const found = await control<{ datname: string }[]>`select datname from pg_database where datname ~ '^test_[0-9]+'`;
  const dead: number[] = [];
  for (const run of new Set(found.map(({ datname }) => Number(datname.split("_")[1])))) {
    const [row] = await control<{ free: boolean }[]>`select pg_try_advisory_xact_lock(${RUN_LOCKS}, ${run}) as free`;
    if (row?.free) dead.push(run);
  }
  await dropDatabases(control, dead);
}

async function dropDatabases(control: Sql, runs: readonly number[]): Promise<void> {
  for (const run of runs) {
    const found = await control<{ datname: string }[]>`
      select datname from pg_database where datname = ${`test_${run}`} or datname like ${`test\\_${run}\\_%`}`;
    for (const { datname } of found) await control.unsafe(`drop database if exists ${datname} with (force)`);
  }
}

function named(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}
