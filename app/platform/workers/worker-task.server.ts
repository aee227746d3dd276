import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";

/** The heavy tasks that never run on the event loop, and the file of each. */
const WORKERS = {
  pdf: "app/platform/pdf/pdf.worker",
  sheet: "app/platform/xlsx/sheet.worker",
} as const;

export type WorkerName = keyof typeof WORKERS;

export interface WorkerLimits {
  /** the task is ended after this time @unit ms */
  readonly timeoutMs: number;
  /** heap of the worker @unit MB */
  readonly maxHeapMb: number;
}

/** The task took too long, ran out of memory or threw. `reason` is for the log, not for the screen. */
export class WorkerTaskError extends Error {
  constructor(
    readonly cause_: "timeout" | "memory" | "failed",
    reason: string,
  ) {
    super(`${cause_}: ${reason}`);
    this.name = "WorkerTaskError";
  }
}

function projectRoot(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, "remix.config.js"))) {
    const parent = path.dirname(folder);
    if (parent === folder) return process.cwd();
    folder = parent;
  }
  return folder;
}

function start(name: WorkerName, limits: WorkerLimits): Worker {
  const root = projectRoot();
  const built = path.join(root, "build/node", `${WORKERS[name]}.js`);
  const options = { resourceLimits: { maxOldGenerationSizeMb: limits.maxHeapMb } };
  if (process.env.NODE_ENV === "production" && existsSync(built)) return new Worker(built, options);
  return new Worker(path.join(root, `${WORKERS[name]}.ts`), { ...options, execArgv: ["--import", "tsx"] });
}

interface Line {
  worker: Worker | undefined;
  tail: Promise<unknown>;
}
const lines = new Map<WorkerName, Line>();

/**
 * Runs one task in the warm worker of its kind; tasks of a kind queue behind each other, so that a burst of exports
 * takes one core and not all. The worker answers `{ ok: true, value }` or `{ ok: false, reason }` (see serveTasks).
 * @throws WorkerTaskError
 */
export function runWorkerTask<Out>(name: WorkerName, input: unknown, limits: WorkerLimits): Promise<Out> {
  const line = lines.get(name) ?? { worker: undefined, tail: Promise.resolve() };
  lines.set(name, line);
  const result = line.tail.then(() => runOne<Out>(line, name, input, limits));
  line.tail = result.catch(() => undefined);
  return result;
}

function runOne<Out>(line: Line, name: WorkerName, input: unknown, limits: WorkerLimits): Promise<Out> {
  const worker = (line.worker ??= start(name, limits));
  worker.ref();
  return new Promise<Out>((resolve, reject) => {
    const settle = (done: () => void, keep: boolean) => {
      clearTimeout(timer);
      worker.removeAllListeners();
      if (keep) worker.unref();
      else {
        line.worker = undefined;
        void worker.terminate();
      }
      done();
    };
    const timer = setTimeout(
      () => settle(() => reject(new WorkerTaskError("timeout", `${name} after ${limits.timeoutMs} ms`)), false),
      limits.timeoutMs,
    );
    worker.once("message", (answer: { ok: true; value: Out } | { ok: false; reason: string }) => {
      if (answer.ok) settle(() => resolve(answer.value), true);
      else settle(() => reject(new WorkerTaskError("failed", answer.reason)), true);
    });
    worker.once("error", (error: Error & { code?: string }) => {
      const cause = error.code === "ERR_WORKER_OUT_OF_MEMORY" ? "memory" : "failed";
      settle(() => reject(new WorkerTaskError(cause, error.message)), false);
    });
    worker.once("exit", (code) => {
      settle(() => reject(new WorkerTaskError("failed", `${name} worker ended with ${code}`)), false);
    });
    worker.postMessage(input);
  });
}

/** Ends all warm workers: at shutdown and after tests. */
export async function stopWorkers(): Promise<void> {
  await Promise.all([...lines.values()].map((line) => line.worker?.terminate()));
  lines.clear();
}
