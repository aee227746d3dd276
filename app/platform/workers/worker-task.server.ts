import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import type { WorkerStart } from "./serve-tasks";
import { TaskLine, type WorkerLimits } from "./task-line.server";

export { WorkerTaskError } from "./task-line.server";

interface HeavyWork {
  readonly file: string;
  /** nobody waits for it on a request: it takes what the machine has left over */
  readonly inBackground?: true;
}

/** The heavy tasks that never run on the event loop, and the file of each. */
const WORKERS = {
  pdf: { file: "app/platform/pdf/pdf.worker" },
  sheet: { file: "app/platform/xlsx/sheet.worker" },
  import: { file: "app/modules/catalog/import/import.worker.server", inBackground: true },
  // The same in a line of its own: a small sheet never waits for a large one.
  importSmall: { file: "app/modules/catalog/import/import.worker.server" },
} as const satisfies Record<string, HeavyWork>;

/** A tenth of the processor's time where others want all of it. */
const BACKGROUND_NICENESS = 10;

type WorkerName = keyof typeof WORKERS;

const lines = new Map<WorkerName, TaskLine>();

/**
 * Runs one task in the warm worker of its kind; tasks of a kind queue behind each other, so that a burst of exports
 * takes one core and not all. Input and answer are copied as structured clones.
 * @throws WorkerTaskError
 */
export function runWorkerTask<Out>(name: WorkerName, input: unknown, limits: WorkerLimits): Promise<Out> {
  const line = lines.get(name) ?? new TaskLine((maxHeapMb) => start(name, maxHeapMb));
  lines.set(name, line);
  return line.run<Out>(input, limits);
}

/** Ends all warm workers: at shutdown and after tests. Tasks that still wait fail. */
export async function stopWorkers(): Promise<void> {
  const stopping = [...lines.values()];
  lines.clear();
  await Promise.all(stopping.map((line) => line.stop()));
}

/** Built code runs the built worker, source code the source: a stale build is never used, and tsx only where it is. */
function start(name: WorkerName, maxHeapMb: number): Worker {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const root = projectRoot(here);
  const { file, inBackground }: HeavyWork = WORKERS[name];
  const workerData: WorkerStart = { niceness: inBackground ? BACKGROUND_NICENESS : 0 };
  const options = { resourceLimits: { maxOldGenerationSizeMb: maxHeapMb }, workerData };
  const isBuilt = !path.relative(path.join(root, "build"), here).startsWith("..");
  if (isBuilt) return new Worker(path.join(root, "build/node", `${file}.js`), options);
  return new Worker(sourceLoader(root, `${file}.ts`), { ...options, eval: true, execArgv: [] });
}

/** A worker does not inherit the loader of TypeScript, nor does `--import` give it one on every Node we support. */
function sourceLoader(root: string, source: string): string {
  const tsx = createRequire(path.join(root, "package.json")).resolve("tsx/esm/api");
  const file = pathToFileURL(path.join(root, source)).href;
  return `require(${JSON.stringify(tsx)}).register(); import(${JSON.stringify(file)});`;
}

function projectRoot(from: string): string {
  if (existsSync(path.join(from, "remix.config.js"))) return from;
  const parent = path.dirname(from);
  return parent === from ? process.cwd() : projectRoot(parent);
}
