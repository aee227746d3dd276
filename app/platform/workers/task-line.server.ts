import type { Worker } from "node:worker_threads";

export interface WorkerLimits {
  /** the task is ended after this time, the worker's start included, waiting in line not @unit ms */
  readonly timeoutMs: number;
  /** heap of the worker @unit MB */
  readonly maxHeapMb: number;
}

/** The task took too long, ran out of memory or threw. The message is for the log, not for the screen. */
export class WorkerTaskError extends Error {
  constructor(
    readonly cause_: "timeout" | "memory" | "failed",
    reason: string,
  ) {
    super(`${cause_}: ${reason}`);
    this.name = "WorkerTaskError";
  }
}

/** What a worker posts for each task: see serveTasks. */
export type TaskAnswer =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: string };

/**
 * One warm worker and the tasks that wait for it. It is started by the first task, kept for the next ones, and replaced
 * after it died, was ended or is asked for with another heap. Idle, it does not keep the process alive.
 */
export class TaskLine {
  #worker: { readonly thread: Worker; readonly maxHeapMb: number } | undefined;
  #settle: ((answer: TaskAnswer | WorkerTaskError) => void) | undefined;
  #tail: Promise<unknown> = Promise.resolve();
  #stopped = false;

  constructor(private readonly startWorker: (maxHeapMb: number) => Worker) {}

  /**
   * Runs a task after those already in line.
   * @throws WorkerTaskError
   */
  run<Out>(input: unknown, limits: WorkerLimits): Promise<Out> {
    const result = this.#tail.then(() => this.#runNow(input, limits));
    this.#tail = result.catch(() => undefined);
    return result as Promise<Out>;
  }

  /** Ends the worker; the task in hand and those in line fail. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#endWorker(new WorkerTaskError("failed", "the workers were stopped"));
  }

  #runNow(input: unknown, limits: WorkerLimits): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#stopped) throw new WorkerTaskError("failed", "the workers were stopped");
      const thread = this.#warmWorker(limits.maxHeapMb);
      const timer = setTimeout(() => {
        void this.#endWorker(new WorkerTaskError("timeout", `not done after ${limits.timeoutMs} ms`));
      }, limits.timeoutMs);
      this.#settle = (answer) => {
        this.#settle = undefined;
        clearTimeout(timer);
        thread.unref();
        if (answer instanceof WorkerTaskError) reject(answer);
        else if (answer.ok) resolve(answer.value);
        else reject(new WorkerTaskError("failed", answer.reason));
      };
      thread.ref();
      try {
        thread.postMessage(input);
      } catch (error) {
        this.#settle({ ok: false, reason: `the task cannot be sent: ${String(error)}` });
      }
    });
  }

  #warmWorker(maxHeapMb: number): Worker {
    if (this.#worker && this.#worker.maxHeapMb !== maxHeapMb) void this.#endWorker();
    if (this.#worker) return this.#worker.thread;

    const thread = this.startWorker(maxHeapMb);
    // These listeners outlive the task: a worker may die between two tasks, and an unheard "error" ends the process.
    const died = (reason: WorkerTaskError) => {
      if (this.#worker?.thread === thread) void this.#endWorker(reason);
    };
    thread.on("message", (answer: TaskAnswer) => {
      if (this.#worker?.thread === thread) this.#settle?.(answer);
    });
    thread.on("error", (error: Error & { code?: string }) => {
      died(new WorkerTaskError(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? "memory" : "failed", error.message));
    });
    thread.on("exit", (code) => died(new WorkerTaskError("failed", `the worker ended with ${code}`)));
    this.#worker = { thread, maxHeapMb };
    return thread;
  }

  async #endWorker(reason?: WorkerTaskError): Promise<void> {
    const thread = this.#worker?.thread;
    this.#worker = undefined;
    if (reason) this.#settle?.(reason);
    await thread?.terminate();
  }
}
