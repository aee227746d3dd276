import { parentPort } from "node:worker_threads";

/** The worker's side of runWorkerTask: answers each message with the handler's value or its failure. */
export function serveTasks<In, Out>(handle: (input: In) => Promise<Out> | Out): void {
  parentPort?.on("message", (input: In) => {
    void Promise.resolve()
      .then(() => handle(input))
      .then(
        (value) => parentPort?.postMessage({ ok: true, value }),
        (error: unknown) => parentPort?.postMessage({ ok: false, reason: error instanceof Error ? error.message : String(error) }),
      );
  });
}
