import { parentPort } from "node:worker_threads";
import type { TaskAnswer } from "./task-line.server";

/** The worker's side of runWorkerTask: answers each task with the handler's value or its failure. */
export function serveTasks<In, Out>(handle: (input: In) => Promise<Out> | Out): void {
  parentPort?.on("message", (input: In) => {
    void answerTo(() => handle(input)).then((answer) => parentPort?.postMessage(answer));
  });
}

async function answerTo(task: () => unknown): Promise<TaskAnswer> {
  try {
    return { ok: true, value: await task() };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}
