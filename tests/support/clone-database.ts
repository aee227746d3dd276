import { randomBytes } from "node:crypto";

import postgres from "postgres";
import { inject } from "vitest";

import { type Database, openDatabase } from "@db/client";

export interface Clone {
  readonly url: string;
  readonly database: Database;
  drop(): Promise<void>;
}

/** A database of its own, copied from this run's template: migrated, with the reference data and nothing else. */
export async function cloneDatabase(): Promise<Clone> {
  const server = inject("databaseServer");
  const template = inject("databaseTemplate");
  const name = `${template}_${randomBytes(6).toString("hex")}`;
  await command(server, `create database ${name} template ${template}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const database = openDatabase(url.href);
  return {
    url: url.href,
    database,
    drop: async () => {
      await database.close();
      await command(server, `drop database if exists ${name} with (force)`);
    },
  };
}

async function command(server: string, text: string): Promise<void> {
  const client = postgres(server, { max: 1, onnotice: () => undefined });
  try {
    await client.unsafe(text);
  } finally {
    await client.end({ timeout: 1 });
  }
}
