import path from "node:path";

import { startEmbedded } from "./embedded";
import { projectRoot } from "./project-root";

/** The parts of the environment that say where the data is. */
export interface DatabaseEnvironment {
  readonly DATABASE_URL?: string | undefined;
  readonly DATA_DIR?: string | undefined;
  readonly [other: string]: string | undefined;
}

export interface LocatedDatabase {
  readonly url: string;
  /** true: the PostgreSQL from npm under the data folder; false: the one DATABASE_URL names */
  readonly embedded: boolean;
  /** leaves the database; stops an embedded one when nobody else uses it */
  stop(): Promise<void>;
}

/** The folder of everything an installation writes: the embedded cluster, uploaded files, keys. */
export function dataFolder(env: DatabaseEnvironment): string {
  return env.DATA_DIR ? path.resolve(env.DATA_DIR) : path.join(projectRoot(), ".data");
}

/** One answer for server, seeds, migrations and tests: DATABASE_URL, otherwise the embedded database, started. */
export async function resolveDatabaseUrl(
  env: DatabaseEnvironment,
  log?: (line: string) => void,
): Promise<LocatedDatabase> {
  if (env.DATABASE_URL) return { url: env.DATABASE_URL, embedded: false, stop: () => Promise.resolve() };
  const server = await startEmbedded({ dataDir: dataFolder(env), ...(log ? { log } : {}) });
  return { url: server.url, embedded: true, stop: () => server.stop() };
}
