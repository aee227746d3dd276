import autocannon from "autocannon";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

import { openDatabase, type Database } from "@db/client";
import { resolveDatabaseUrl } from "@db/locate";
import { migrate } from "@db/migrate";
import { projectRoot } from "@db/project-root";
import { seedDemo } from "@seeds/demo/index";
import { seedReference } from "@seeds/reference/index";
import { env } from "~/platform/env.server";
import { stopWorkers } from "~/platform/workers/worker-task.server";

import { benchDocuments } from "./documents";
import { benchSheets } from "./sheets";

/**
 * `npm run bench`: prints one JSON line per figure. Times are medians; where quality.md states a ratio, both sides are
 * measured in this one run. Needs a build (`npm run build`). Its data stay in DATA_DIR (default .data/bench).
 */
export interface BenchFigure {
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  readonly [detail: string]: string | number | undefined;
}

const print = (figure: BenchFigure): void => console.log(JSON.stringify(figure));
const round = (value: number): number => Math.round(value * 100) / 100;

/** What a list page must read at least: rows and count, as bare SQL. */
const LIST_SQL = `select p.id, p.code, p.name, u.name from projects p join units u on u.id = p.unit_id order by p.code desc, p.id limit 50`;
const COUNT_SQL = `select count(*) from projects`;
const RANKING_SQL = `select unit_name, place, total from score_sheets where period_id = (select id from assessment_periods where state = 'final' order by period desc limit 1) order by place`;

async function medianMs(runs: number, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
  }
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? NaN;
}

async function startServer(databaseUrl: string): Promise<{ address: string; process: ChildProcess }> {
  const server = spawn(process.execPath, ["build/node/server.js"], {
    cwd: projectRoot(),
    env: { ...process.env, NODE_ENV: "production", DATABASE_URL: databaseUrl, PORT: "0", LOG_LEVEL: "error" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const chunk of server.stdout as AsyncIterable<Buffer>) {
    const address = /^ready (http:\/\/\S+)/m.exec(chunk.toString("utf8"))?.[1];
    if (address) {
      server.stdout?.resume();
      return { address, process: server };
    }
  }
  throw new Error("the server did not start; run `npm run build` first");
}

async function logIn(address: string, username: string): Promise<string> {
  const response = await fetch(`${address}/login`, {
    method: "POST",
    redirect: "manual",
    headers: { Origin: address, "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ username, password: env().DEMO_PASSWORD }),
  });
  const cookie = response.headers.get("set-cookie")?.split(";")[0];
  if (!cookie) throw new Error(`log-in of ${username} failed with ${response.status}`);
  return cookie;
}

/** One page: its median alone, and under 16 connections; beside the bare SQL that it must read. */
async function benchPage(
  address: string,
  cookie: string,
  page: { figure: string; url: string; sql: readonly string[] },
  db: Database,
): Promise<void> {
  const get = async () => {
    const response = await fetch(address + page.url, { headers: { cookie } });
    await response.arrayBuffer();
    if (response.status !== 200) throw new Error(`${page.url} answered ${response.status}`);
  };
  await medianMs(20, get);
  const alone = await medianMs(60, get);
  const bare = await medianMs(60, () => Promise.all(page.sql.map((sql) => db.execute(sql))));
  const loaded = await autocannon({ url: address + page.url, connections: 16, duration: 5, headers: { cookie } });
  print({
    figure: page.figure,
    value: round(alone),
    unit: "ms, median of one request at a time",
    bareSqlMs: round(bare),
    ratioToBareSql: round(alone / bare),
    requestsPerSecondAt16: Math.round(loaded.requests.average),
    p97_5MsAt16: loaded.latency.p97_5,
    non2xx: loaded.non2xx,
  });
}

async function main(): Promise<void> {
  process.env.DATA_DIR ??= path.join(projectRoot(), ".data/bench");
  const located = await resolveDatabaseUrl(process.env);
  const db = openDatabase(located.url, { max: 4, statementTimeoutMs: 300_000 });
  try {
    await migrate(located.url);
    await seedReference(db);
    await seedDemo(db);
    const server = await startServer(located.url);
    try {
      const cookie = await logIn(server.address, "bureau");
      await benchPage(
        server.address,
        cookie,
        { figure: "projectListPage", url: "/projects", sql: [LIST_SQL, COUNT_SQL] },
        db,
      );
      await benchPage(server.address, cookie, { figure: "rankingPage", url: "/ranking", sql: [RANKING_SQL] }, db);
    } finally {
      server.process.kill("SIGTERM");
      await once(server.process, "exit");
    }
    for (const figure of [...(await benchDocuments()), ...(await benchSheets())]) print(figure);
  } finally {
    await stopWorkers();
    await db.close();
    await located.stop();
  }
}

await main();
