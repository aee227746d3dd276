import { setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import type { TaskAnswer } from "./task-line.server";

/** What a worker is told at its start. */
export interface WorkerStart {
  /** how far it stands back for others, 0 to 19 */
  readonly niceness: number;
}

/** The worker's side of runWorkerTask: answers each task with the handler's value or its failure. */
export function serveTasks<In, Out>(handle: (input: In) => Promise<Out> | Out): void {
  standBack(workerData as WorkerStart | null);
  parentPort?.on("message", (input: In) => {
    void answerTo(() => handle(input)).then((answer) => parentPort?.postMessage(answer));
  });
}

/** Only Linux ranks threads one by one: elsewhere this would put the whole server behind other programs. */
function standBack(start: WorkerStart | null): void {
  if (!start || start.niceness === 0 || process.platform !== "linux") return;
  try {
    setPriority(start.niceness);
  } catch {
    // A sandbox may forbid it; the work is done all the same.
  }
}

async function answerTo(task: () => unknown): Promise<TaskAnswer> {
  try {
    return { ok: true, value: await task() };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}
