import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import path from "node:path";

import { startEmbedded } from "@db/embedded";
import { projectRoot } from "@db/project-root";

const START_PATIENCE_MS = 240_000;
const STOP_PATIENCE_MS = 20_000;

/** Serves the built demonstration city on a free port, with data of its own, for one run of the browser tests. */
export default async function setup(): Promise<() => Promise<void>> {
  const data = path.join(projectRoot(), ".data");
  await removeLeftovers(data);
  const dataDir = path.join(data, `e2e-${process.pid}`);
  mkdirSync(dataDir, { recursive: true });

  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const { DATABASE_URL: _ignored, ...environment } = process.env;
  const server = spawn(process.execPath, ["build/node/seeds/run.js", "demo", "--serve"], {
    cwd: projectRoot(),
    env: { ...environment, DATA_DIR: dataDir, PORT: String(port), ORIGIN: address },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stop = () => stopServer(server, dataDir);
  try {
    process.env.E2E_BASE_URL = await readyAddress(server);
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

function readyAddress(server: ChildProcess): Promise<string> {
  const results = path.join(projectRoot(), "test-results");
  mkdirSync(results, { recursive: true });
  const log = createWriteStream(path.join(results, "server.log"));
  let words = "";
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`演示服务${why}：\n${words.slice(-4_000)}`));
    const timer = setTimeout(() => fail(`在 ${START_PATIENCE_MS / 1_000} 秒内未就绪`), START_PATIENCE_MS);
    const listen = (bytes: Buffer) => {
      log.write(bytes);
      words = (words + bytes.toString("utf8")).slice(-20_000);
      const ready = /^ready (http:\/\/\S+)/m.exec(words)?.[1];
      if (ready === undefined) return;
      clearTimeout(timer);
      resolve(ready.replace(/\/$/, ""));
    };
    server.stdout?.on("data", listen);
    server.stderr?.on("data", listen);
    server.on("exit", (code) => {
      clearTimeout(timer);
      fail(`已退出（${String(code)}）`);
    });
  });
}

async function stopServer(server: ChildProcess, dataDir: string): Promise<void> {
  if (server.exitCode === null && server.signalCode === null) {
    const gone = once(server, "exit");
    server.kill("SIGTERM");
    const timer = setTimeout(() => server.kill("SIGKILL"), STOP_PATIENCE_MS);
    await gone;
    clearTimeout(timer);
  }
  await removeData(dataDir);
}

/** A run that was killed leaves its data and a living database server. */
async function removeLeftovers(data: string): Promise<void> {
  if (!existsSync(data)) return;
  for (const name of readdirSync(data)) {
    const pid = /^e2e-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !existsSync(`/proc/${pid}`)) await removeData(path.join(data, name));
  }
}

async function removeData(dataDir: string): Promise<void> {
  if (existsSync(path.join(dataDir, "postgres/postmaster.pid"))) await (await startEmbedded({ dataDir })).stop();
  rmSync(dataDir, { recursive: true, force: true });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
