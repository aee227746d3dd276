import { execFile, spawn } from "node:child_process";
import { randomBytes, randomInt } from "node:crypto";
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

import postgres from "postgres";

import { type Account, chooseAccount } from "./embedded-account";
import { type Binaries, findBinaries } from "./embedded-binaries";

export interface EmbeddedOptions {
  /** folder of the installation's data; the cluster lives in its subfolder `postgres` */
  readonly dataDir: string;
  /** fixed port; without it a free one is chosen once and remembered */
  readonly port?: number;
  readonly log?: (line: string) => void;
  /** further server settings, e.g. `fsync: "off"` for throw-away data */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedDatabase {
  /** connection string of the application's database */
  readonly url: string;
  /** true: the server was already running (left by a killed process, or shared with a living one) */
  readonly reused: boolean;
  /** leaves the server; the last one to leave stops it */
  stop(): Promise<void>;
}

/** What must survive between starts; kept beside the cluster, readable by its writer only. */
interface Memory {
  readonly password: string;
  readonly port: number;
}

interface Place {
  readonly cluster: string;
  readonly memoryFile: string;
  readonly logFile: string;
  readonly account: Account;
  readonly binaries: Binaries;
  readonly options: EmbeddedOptions;
}

const APPLICATION_DATABASE = "mingjing";
/** Every process that uses a cluster holds this advisory lock shared; who can take it alone is the last user. */
const USE_LOCK = 7_305_411;
/** Covers crash recovery, a lock that still looks live after a kill, and a start by another process at the same time. */
const START_PATIENCE_MS = 60_000;
const MAX_LOG_BYTES = 8 * 1024 * 1024;
const PORTS = { from: 15_432, to: 25_432 } as const;

const SERVER_SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "200",
  shared_buffers: "256MB",
  max_wal_size: "2GB",
  random_page_cost: "1.1",
  jit: "off",
  statement_timeout: "30s",
  idle_in_transaction_session_timeout: "30s",
  timezone: "UTC",
  log_timezone: "UTC",
  lc_messages: "C",
  log_checkpoints: "off",
};

const run = promisify(execFile);

/**
 * Starts, or finds running, the PostgreSQL that npm installed. The server is detached: it survives the death of Node,
 * and the next start joins it.
 * @throws Error with a Chinese sentence for the operator when it cannot run here
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const log = options.log ?? (() => undefined);
  const folder = makeFolder(options.dataDir);
  const cluster = path.join(folder, "postgres");
  const binaries = findBinaries();
  const account = chooseAccount(cluster, [folder, binaries.postgres], log);
  const place: Place = {
    cluster,
    memoryFile: path.join(folder, "postgres.json"),
    logFile: path.join(folder, "postgres.log"),
    account,
    binaries,
    options,
  };

  await ensureCluster(place, log);
  const deadline = Date.now() + START_PATIENCE_MS;
  for (;;) {
    const joined = await join(place, true);
    if (joined) return joined;
    clearForeignLock(cluster);
    const failure = await launch(place);
    if (failure === undefined) {
      const started = await join(place, false);
      if (started) return started;
    } else if (/could not bind|Address already in use/.test(failure) && options.port === undefined) {
      remember(place, { ...recall(place), port: await freePort() });
    } else if (!/lock file .* already exists|pre-existing shared memory block/.test(failure) || Date.now() > deadline) {
      const advice = failure.includes("No space left on device") ? "磁盘空间不足。" : "";
      throw new Error(`内置 PostgreSQL 启动失败（${cluster}）：${advice}\n${failure}`);
    }
    await sleep(100);
  }
}

/** Creates the data folder and every missing parent so that another account may pass through them. */
function makeFolder(dataDir: string): string {
  const wanted = path.resolve(dataDir);
  const first = mkdirSync(wanted, { recursive: true });
  if (first !== undefined) {
    for (let made = wanted; made.startsWith(first); made = path.dirname(made)) chmodSync(made, 0o755);
  }
  return realpathSync(wanted);
}

async function ensureCluster(place: Place, log: (line: string) => void): Promise<void> {
  const { cluster, account, binaries } = place;
  if (existsSync(path.join(cluster, "PG_VERSION"))) {
    if (!existsSync(place.memoryFile))
      throw new Error(`数据目录 ${cluster} 存在，但缺少记录其口令的 ${place.memoryFile}：请从备份中一并恢复。`);
    // A copy made by root belongs to root, and PostgreSQL accepts only its own account's files.
    if (account.owner && statSync(cluster).uid !== account.owner.uid) giveAway(cluster, account.owner);
    return;
  }
  log("正在创建内置 PostgreSQL 数据目录……");
  writeMemoryOnce(place, { password: randomBytes(24).toString("base64url"), port: await freePort() });
  removeAbandoned(cluster);

  // Built aside and renamed at the end: a killed start leaves no half cluster, and of two starts one wins.
  const draft = `${cluster}.init-${process.pid}-${randomBytes(3).toString("hex")}`;
  const passwordFile = `${draft}.password`;
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, recall(place).password, { mode: 0o600 });
  if (account.owner) for (const file of [draft, passwordFile]) chownSync(file, account.owner.uid, account.owner.gid);
  const locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8", "-E", "UTF8"];
  const access = ["-U", "postgres", "-A", "scram-sha-256", "--pwfile", passwordFile];
  try {
    const [program, args] = account.command(binaries.initdb, ["-D", draft, ...access, ...locale, "-k"]);
    await run(program, args, { ...account.identity, env: serverEnvironment(), cwd: "/" });
    renameSync(draft, cluster);
  } catch (error) {
    if (existsSync(path.join(cluster, "PG_VERSION"))) return;
    throw new Error(`无法创建内置 PostgreSQL 数据目录 ${cluster}：${messageOf(error)}`, { cause: error });
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(draft, { recursive: true, force: true });
  }
}

function giveAway(target: string, owner: { uid: number; gid: number }): void {
  chownSync(target, owner.uid, owner.gid);
  if (!statSync(target).isDirectory()) return;
  for (const name of readdirSync(target)) giveAway(path.join(target, name), owner);
}

function removeAbandoned(cluster: string): void {
  const folder = path.dirname(cluster);
  for (const name of readdirSync(folder)) {
    const pid = /^postgres\.init-(\d+)/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(path.join(folder, name), { recursive: true, force: true });
  }
}

function recall(place: Place): Memory {
  return JSON.parse(readFileSync(place.memoryFile, "utf8")) as Memory;
}

function remember(place: Place, memory: Memory): void {
  renameSync(writeMemoryDraft(place, memory), place.memoryFile);
}

function writeMemoryOnce(place: Place, memory: Memory): void {
  const draft = writeMemoryDraft(place, memory);
  try {
    linkSync(draft, place.memoryFile);
  } catch (error) {
    if (!existsSync(place.memoryFile)) throw error;
  } finally {
    rmSync(draft);
  }
}

function writeMemoryDraft(place: Place, memory: Memory): string {
  const draft = `${place.memoryFile}.${randomBytes(3).toString("hex")}`;
  writeFileSync(draft, JSON.stringify(memory), { mode: 0o600 });
  return draft;
}

interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

function readPostmaster(cluster: string): Postmaster | undefined {
  try {
    const lines = readFileSync(path.join(cluster, "postmaster.pid"), "utf8").split("\n");
    return { pid: Number(lines[0]), port: Number(lines[3]) };
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** A living process that is PostgreSQL; where /proc tells more, neither a zombie nor a stranger that got the old number. */
function isPostgres(pid: number): boolean {
  if (!isAlive(pid)) return false;
  try {
    return /\(postgres\) [^ZX]/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return process.platform !== "linux";
  }
}

/**
 * After a container restart the number in the lock file may belong to another process, and PostgreSQL would refuse to
 * start for ever. The file is kept, with a number that no process has, so that PostgreSQL still makes its own check for
 * surviving children of the old server.
 */
function clearForeignLock(cluster: string): void {
  const found = readPostmaster(cluster);
  if (!found || isPostgres(found.pid)) return;
  const file = path.join(cluster, "postmaster.pid");
  const impossiblePid = 2 ** 22 + 1;
  writeFileSync(file, readFileSync(file, "utf8").replace(/^\d+/, String(impossiblePid)));
}

/** Starts the server and waits until it accepts connections. @returns its own words when it ended instead */
async function launch(place: Place): Promise<string | undefined> {
  const { cluster, logFile, account, binaries, options } = place;
  const port = options.port ?? (await rememberedPort(place));
  if (existsSync(logFile) && statSync(logFile).size > MAX_LOG_BYTES) truncateSync(logFile);
  const before = existsSync(logFile) ? statSync(logFile).size : 0;
  const settings = Object.entries({ ...SERVER_SETTINGS, ...options.settings });
  const flags = settings.flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const [program, args] = account.command(binaries.postgres, ["-D", cluster, "-p", String(port), ...flags]);

  const output = openSync(logFile, "a", 0o600);
  const child = spawn(program, args, {
    ...account.identity,
    env: serverEnvironment(),
    cwd: "/",
    detached: true,
    stdio: ["ignore", output, output],
  });
  closeSync(output);
  let ended = false;
  const onEnd = () => {
    ended = true;
  };
  child.on("error", onEnd).on("exit", onEnd);
  child.unref();

  const deadline = Date.now() + START_PATIENCE_MS;
  while (Date.now() < deadline) {
    const words = readFileSync(logFile).subarray(before).toString("utf8");
    if (ended) return words.slice(-4_000) || "进程已退出，没有输出。";
    if (words.includes("ready to accept connections")) return undefined;
    await sleep(30);
  }
  throw new Error(`内置 PostgreSQL 在 ${START_PATIENCE_MS / 1_000} 秒内未就绪，详见 ${logFile}。`);
}

async function rememberedPort(place: Place): Promise<number> {
  const memory = recall(place);
  if (await isFree(memory.port)) return memory.port;
  const port = await freePort();
  remember(place, { ...memory, port });
  return port;
}

async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(PORTS.from, PORTS.to);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
      .once("error", () => resolve(false))
      .listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}

/** Joins the server that runs on this very cluster, if one does, by taking a share of the use lock. */
async function join(place: Place, reused: boolean): Promise<EmbeddedDatabase | undefined> {
  const running = readPostmaster(place.cluster);
  if (!running || !isPostgres(running.pid)) return undefined;
  const { password } = recall(place);
  const base = `postgres://postgres:${password}@127.0.0.1:${running.port}`;
  const share = postgres(`${base}/postgres`, {
    max: 1,
    connect_timeout: 3,
    max_lifetime: null,
    fetch_types: false,
    onnotice: () => undefined,
    connection: { application_name: "embedded share", statement_timeout: START_PATIENCE_MS },
  });
  try {
    const [row] = await share<{ folder: string }[]>`select current_setting('data_directory') as folder`;
    if (row?.folder !== place.cluster) throw new Error("another cluster answers on this port");
    await share`select pg_advisory_lock_shared(${USE_LOCK})`;
  } catch (error) {
    await share.end({ timeout: 0 });
    if ((error as { code?: string }).code === "28P01")
      throw new Error(`内置 PostgreSQL 不认可 ${place.memoryFile} 中的口令：该文件与数据目录不配套。`, {
        cause: error,
      });
    return undefined;
  }
  try {
    await createApplicationDatabase(share);
  } catch (error) {
    await share.end({ timeout: 0 });
    throw error;
  }
  return { url: `${base}/${APPLICATION_DATABASE}`, reused, stop: () => leave(place, share) };
}

async function createApplicationDatabase(client: postgres.Sql): Promise<void> {
  const found = await client`select 1 from pg_database where datname = ${APPLICATION_DATABASE}`;
  if (found.length > 0) return;
  try {
    await client.unsafe(`create database ${APPLICATION_DATABASE}`);
  } catch (error) {
    // Two processes may start at once: 42P04 is "duplicate_database", 23505 the same seen one moment earlier.
    if (!["42P04", "23505"].includes((error as { code?: string }).code ?? "")) throw error;
  }
}

async function leave(place: Place, share: postgres.Sql): Promise<void> {
  const { account, binaries, cluster } = place;
  try {
    await share`select pg_advisory_unlock_shared(${USE_LOCK})`;
    const [row] = await share<{ alone: boolean }[]>`select pg_try_advisory_lock(${USE_LOCK}) as alone`;
    if (!row?.alone) return;
    const [program, args] = account.command(binaries.pgCtl, ["stop", "-D", cluster, "-m", "fast", "-w", "-t", "30"]);
    await run(program, args, { ...account.identity, env: serverEnvironment(), cwd: "/" });
  } catch (error) {
    if (isPostgres(readPostmaster(cluster)?.pid ?? 0)) throw error;
  } finally {
    await share.end({ timeout: 0 });
  }
}

function serverEnvironment(): NodeJS.ProcessEnv {
  return { NODE_ENV: process.env.NODE_ENV, PATH: process.env.PATH, LC_ALL: "C.UTF-8", TZ: "UTC" };
}

function messageOf(error: unknown): string {
  const stderr = (error as { stderr?: string }).stderr;
  return stderr || (error instanceof Error ? error.message : String(error));
}
