import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { sql } from "drizzle-orm";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";

import { openDatabase } from "@db/client";
import { startEmbedded } from "@db/embedded";
import { isDatabaseUnavailable } from "@db/guarded-pool";
import { migrate } from "@db/migrate";
import { projectRoot } from "@db/project-root";
import { cloneDatabase } from "@tests/support/clone-database";
import { startFreezingProxy } from "@tests/support/freezing-proxy";
import { testDatabase, testDatabaseUrl } from "@tests/support/worker-database";

const one = sql`select 1 as one`;

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "embedded-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe("the server", () => {
  it("compares Chinese text by trigrams", async () => {
    const [row] = await testDatabase().execute<{ likeness: number }>(
      sql`select similarity('智慧城管项目一期', '智慧城管项目二期') as likeness`,
    );
    expect(row?.likeness).toBeGreaterThan(0);
  });

  it("gives every clone its own data", async () => {
    const other = await cloneDatabase();
    await other.database.execute(sql`create table only_here (n int)`);
    const [row] = await testDatabase().execute(sql`select to_regclass('only_here') as found`);
    expect(row).toEqual({ found: null });
    await other.drop();
  });

  it("keeps its rows when Node is killed, and is joined by the next start", async () => {
    const dataDir = temporaryFolder();
    const holder = spawn(process.execPath, ["--import", "tsx", "tests/support/hold-embedded.ts", dataDir], {
      cwd: projectRoot(),
      stdio: ["ignore", "pipe", "inherit"],
    });
    const words = await Promise.race([once(holder.stdout, "data"), once(holder, "exit")]);
    expect(words.join()).toContain("row written");
    holder.kill("SIGKILL");
    await once(holder, "exit");

    const server = await startEmbedded({ dataDir });
    onTestFinished(() => server.stop());
    expect(server.reused).toBe(true);
    const database = openDatabase(server.url, { max: 1 });
    expect(await database.execute(sql`select answer from survivor`)).toEqual([{ answer: 42 }]);
    await database.close();
  });

  it("stays up until the last user leaves", async () => {
    const dataDir = temporaryFolder();
    const [first, second] = await Promise.all([startEmbedded({ dataDir }), startEmbedded({ dataDir })]);
    expect(second.url).toBe(first.url);
    const database = openDatabase(first.url, { max: 1 });
    await first.stop();
    expect(await database.ping(1_000)).toBe(true);
    await second.stop();
    expect(await database.ping(1_000)).toBe(false);
    await database.close();
  });
});

describe("migrating", () => {
  it("runs once when several processes start at the same moment", async () => {
    const empty = await cloneDatabase();
    await empty.database.execute(sql`drop schema public, drizzle cascade`);
    await empty.database.execute(sql`create schema public`);
    await Promise.all([migrate(empty.url), migrate(empty.url), migrate(empty.url)]);
    const applied = await empty.database.execute(
      sql`select hash, count(*)::int as times from drizzle.__drizzle_migrations group by hash`,
    );
    expect(applied.length).toBeGreaterThan(0);
    expect(applied.every((row) => row.times === 1)).toBe(true);
    await empty.drop();
  });
});

describe("a connection that goes silent", async () => {
  const proxy = await startFreezingProxy(testDatabaseUrl());
  const database = openDatabase(proxy.url, { max: 3, statementTimeoutMs: 1_000 });
  afterAll(async () => {
    proxy.thaw();
    await database.close();
    await proxy.close();
  });

  const queriesAtOnce = (count: number) => Promise.all(Array.from({ length: count }, () => database.execute(one)));

  it.each([
    ["a query", () => database.execute(one)],
    ["more queries than connections", () => queriesAtOnce(12)],
    ["a transaction not yet begun", () => database.transaction((tx) => tx.execute(one))],
    ["a relational read", () => database.query.regions.findFirst()],
  ])("fails %s within the deadline and serves again once healed", async (_, ask) => {
    await queriesAtOnce(3);
    proxy.freeze();
    let failure: unknown;
    const waited = await elapsed(async () => {
      failure = await failureOf(ask());
    });
    proxy.thaw();
    expect(isDatabaseUnavailable(failure)).toBe(true);
    expect(waited).toBeLessThan(2_500);
    expect(await elapsed(() => queriesAtOnce(6))).toBeLessThan(2_500);
  });

  it.each([
    ["a statement", true],
    ["commit", false],
  ])("fails a transaction that freezes at %s, and leaves nothing of it behind", async (_, asksOnceMore) => {
    await testDatabase().execute(sql`drop table if exists written`);
    await testDatabase().execute(sql`create table written (n int)`);
    const waited = await elapsed(async () => {
      const failure = await failureOf(
        database.transaction(async (tx) => {
          await tx.execute(sql`insert into written values (1)`);
          proxy.freeze();
          if (asksOnceMore) await tx.execute(one);
        }),
      );
      expect(isDatabaseUnavailable(failure)).toBe(true);
    });
    proxy.thaw();
    expect(waited).toBeLessThan(2_500);
    await expect.poll(() => database.ping(1_000)).toBe(true);
    expect(await testDatabase().execute(sql`select n from written`)).toEqual([]);
  });

  it("does not count the transaction's own work as silence", async () => {
    const answer = await database.transaction(async (tx) => {
      await new Promise((resolve) => setTimeout(resolve, 700));
      await tx.execute(one);
      await new Promise((resolve) => setTimeout(resolve, 700));
      await tx.execute(one);
      await new Promise((resolve) => setTimeout(resolve, 900));
      return (await tx.execute(one)).length;
    });
    expect(answer).toBe(1);
  });

  it("says busy, and keeps its connections, when healthy work holds all of them", async () => {
    const long = Array.from({ length: 3 }, () =>
      database.transaction(async (tx) => {
        await tx.execute(sql`select pg_sleep(0.9)`);
        await tx.execute(sql`select pg_sleep(0.9)`);
        return "done";
      }),
    );
    const failure = await failureOf(database.execute(one));
    expect(isDatabaseUnavailable(failure)).toBe(true);
    expect(await Promise.all(long)).toEqual(["done", "done", "done"]);
  });

  it("answers a ping with no", async () => {
    proxy.freeze();
    expect(await elapsed(async () => expect(await database.ping(300)).toBe(false))).toBeLessThan(600);
    proxy.thaw();
    await expect.poll(() => database.ping(1_000)).toBe(true);
  });
});
