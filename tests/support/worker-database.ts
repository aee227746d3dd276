import { afterAll } from "vitest";

import type { Database } from "@db/client";

import { cloneDatabase } from "./clone-database";

// A setup file runs once for each test file, so each file has a clone to itself.
const clone = await cloneDatabase();
afterAll(() => clone.drop());

/** This test file's own database. */
export function testDatabase(): Database {
  return clone.database;
}

/** Its address, for tests that start processes of their own. */
export function testDatabaseUrl(): string {
  return clone.url;
}
