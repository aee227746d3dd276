import autocannon from "autocannon";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";

import type { Database } from "@db/client";
import { projectRoot } from "@db/project-root";
import { searchGrams } from "~/kernel/names";
import { env } from "~/platform/env.server";

import { medianMs, round, type BenchFigure } from "./figure";

/** Processes that serve while pages are measured: as many as the reference machine has cores. */
const PROCESSES = 2;
const REGION = "(select id from regions where code = '440784')";
const SCOPE = `p.region_id in (select id from regions where path like (select path from regions where id = ${REGION}) || '%')`;
const SHOWN =
  "p.id, p.code, p.name, p.year, u.name as unit_name, p.nature, p.stage, p.light, p.light_as_of, p.declared_fen, p.reviewed_fen, p.planned_percent, p.actual_percent, p.due_on";
const PROJECTS = "from projects p join units u on u.id = p.unit_id";
const WORD = "水务";
const gramArray = (word: string): string => `array['${searchGrams(word).join("', '")}']`;

interface Page {
  readonly figure: string;
  readonly url: string;
  /** what the page must read at least: its rows and their number, as bare SQL */
  readonly sql: readonly string[];
}

/** The list pages that quality.md gives ratios for, with the bare SQL that each must read. */
const PAGES: readonly Page[] = [
  {
    figure: "projectList",
    url: "/projects?stage=implementation&sort=declaredFen",
    sql: [
      `select ${SHOWN} ${PROJECTS} where ${SCOPE} and p.stage = 'implementation' order by p.declared_fen desc, p.id limit 50`,
      `select count(*) from projects p where ${SCOPE} and p.stage = 'implementation'`,
    ],
  },
  {
    figure: "projectSearch",
    url: `/projects?q=${encodeURIComponent(WORD)}`,
    sql: [
      `select ${SHOWN} ${PROJECTS} where ${SCOPE} and p.search_grams @> ${gramArray(WORD)} order by p.code desc, p.id limit 50`,
      `select count(*) from projects p where ${SCOPE} and p.search_grams @> ${gramArray(WORD)}`,
    ],
  },
  {
    figure: "catalogList",
    url: "/catalog",
    sql: [
      "select r.id, r.code, r.name, u.name as unit_name, r.state from resources r join units u on u.id = r.unit_id where r.state = 'published' order by r.code, r.id limit 50",
      "select count(*) from resources r where r.state = 'published'",
    ],
  },
  {
    figure: "catalogSearch",
    url: `/catalog?q=${encodeURIComponent(WORD)}`,
    sql: [
      `select r.id, r.code, r.name, u.name as unit_name, r.state from resources r join units u on u.id = r.unit_id where r.search_grams @> ${gramArray(WORD)} order by r.code, r.id limit 50`,
      `select count(*) from resources r where r.search_grams @> ${gramArray(WORD)}`,
    ],
  },
  {
    figure: "ranking",
    url: "/ranking",
    sql: [
      "select unit_name, place, total from score_sheets where period_id = (select id from assessment_periods where state = 'final' order by period desc limit 1) order by place",
    ],
  },
];

export interface RunningServer {
  readonly address: string;
  readonly cookie: string;
  stop(): Promise<void>;
}

/** Starts the built server with several processes and logs a reviewer of the bureau in. */
export async function startServer(databaseUrl: string, processes = PROCESSES): Promise<RunningServer> {
  const server = spawn(process.execPath, ["build/node/server.js"], {
    cwd: projectRoot(),
    env: {
      ...process.env,
      NODE_ENV: "production",
      DATABASE_URL: databaseUrl,
      PORT: "0",
      LOG_LEVEL: "error",
      WEB_CONCURRENCY: String(processes),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const address = await readyAddress(server);
  const stop = async () => {
    server.kill("SIGTERM");
    await once(server, "exit");
  };
  return { address, cookie: await logIn(address, "bureau"), stop };
}

async function readyAddress(server: ChildProcess): Promise<string> {
  for await (const chunk of server.stdout as AsyncIterable<Buffer>) {
    const address = /^ready (http:\/\/\S+)/m.exec(chunk.toString("utf8"))?.[1];
    if (address) {
      server.stdout?.resume();
      return address;
    }
  }
  throw new Error("the server did not start; run `npm run build` first");
}

/** Logs a person of the demonstration city in; answers the cookie of the session. */
export async function logIn(address: string, username: string): Promise<string> {
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

/** Each page: its median alone, and under 16 connections, beside the bare SQL that it must read. */
export async function benchPages({ address, cookie }: RunningServer, db: Database): Promise<BenchFigure[]> {
  const figures: BenchFigure[] = [];
  for (const page of PAGES) {
    const get = async () => {
      const response = await fetch(address + page.url, { headers: { cookie } });
      await response.arrayBuffer();
      if (response.status !== 200) throw new Error(`${page.url} answered ${response.status}`);
    };
    await medianMs(60, get);
    const alone = await medianMs(60, get);
    const bare = await medianMs(60, () => Promise.all(page.sql.map((sql) => db.execute(sql))));
    const loaded = await autocannon({ url: address + page.url, connections: 16, duration: 6, headers: { cookie } });
    figures.push({
      figure: page.figure,
      value: round(alone),
      unit: "ms, median of one request at a time",
      bareSqlMs: round(bare),
      /** quality.md: at most three times the bare SQL and 15 ms */
      goalMs: round(3 * bare + 15),
      requestsPerSecondAt16: Math.round(loaded.requests.average),
      p97_5MsAt16: loaded.latency.p97_5,
      non2xx: loaded.non2xx,
    });
  }
  return figures;
}
