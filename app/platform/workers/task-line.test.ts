import { Worker } from "node:worker_threads";
import { afterEach, describe, expect, it } from "vitest";
import { TaskLine, type WorkerLimits } from "./task-line.server";

/** A worker that behaves or misbehaves as each task tells it. */
const OBEDIENT_WORKER = `
  const { parentPort, threadId } = require("node:worker_threads");
  const answer = (value) => parentPort.postMessage({ ok: true, value });
  const orders = {
    name: () => answer(threadId),
    wait: () => setTimeout(() => answer("waited"), 50),
    fail: () => parentPort.postMessage({ ok: false, reason: "cannot" }),
    throw: () => setImmediate(() => { throw new Error("broken"); }),
    exit: () => process.exit(3),
    spin: () => { for (;;); },
    hoard: () => { const hoard = []; for (;;) hoard.push(new Array(10_000).fill({})); },
  };
  parentPort.on("message", (order) => orders[order]());
`;
const LIMITS: WorkerLimits = { timeoutMs: 20_000, maxHeapMb: 64 };

let started: Worker[] = [];
let line: TaskLine;
const newLine = () =>
  new TaskLine((maxOldGenerationSizeMb) => {
    const worker = new Worker(OBEDIENT_WORKER, { eval: true, resourceLimits: { maxOldGenerationSizeMb } });
    started.push(worker);
    return worker;
  });

describe("TaskLine", { timeout: 30_000 }, () => {
  afterEach(async () => {
    await line.stop();
    started = [];
  });

  it("keeps one worker for task after task", async () => {
    line = newLine();
    expect(await line.run("name", LIMITS)).toBe(await line.run("name", LIMITS));
    expect(started).toHaveLength(1);
  });

  it("answers in the order of asking, one at a time", async () => {
    line = newLine();
    const answered: string[] = [];
    await Promise.all([
      line.run("wait", LIMITS).then(() => answered.push("first")),
      line.run("name", LIMITS).then(() => answered.push("second")),
    ]);
    expect(answered).toEqual(["first", "second"]);
    expect(started).toHaveLength(1);
  });

  it("keeps the worker when a task says that it failed", async () => {
    line = newLine();
    await expect(line.run("fail", LIMITS)).rejects.toMatchObject({ cause_: "failed", message: "failed: cannot" });
    await line.run("name", LIMITS);
    expect(started).toHaveLength(1);
  });

  it.each([
    ["throws outside its task", "throw", "failed", /broken/],
    ["ends itself", "exit", "failed", /ended with 3/],
    ["never answers", "spin", "timeout", /not done after 300 ms/],
    ["takes more memory than it may", "hoard", "memory", /memory/i],
  ])("a worker that %s fails its task and is replaced for the next", async (_, order, cause, message) => {
    line = newLine();
    const limits = order === "spin" ? { ...LIMITS, timeoutMs: 300 } : LIMITS;
    const [broken, next] = await Promise.allSettled([line.run(order, limits), line.run("name", LIMITS)]);
    expect(broken).toMatchObject({ status: "rejected", reason: { cause_: cause } });
    expect(broken.status === "rejected" && String(broken.reason)).toMatch(message);
    expect(next.status).toBe("fulfilled");
    expect(started).toHaveLength(2);
  });

  it("a worker that dies between two tasks neither ends the process nor hangs the next task", async () => {
    line = newLine();
    await line.run("name", LIMITS);
    const ended = new Promise((resolve) => started[0]?.once("exit", resolve));
    started[0]?.postMessage("throw");
    await ended;
    expect(await line.run("name", LIMITS)).toBeGreaterThan(0);
    expect(started).toHaveLength(2);
  });

  it("a task that cannot be copied fails and leaves the worker usable", async () => {
    line = newLine();
    await expect(line.run(() => "a function", LIMITS)).rejects.toMatchObject({ cause_: "failed" });
    expect(await line.run("name", LIMITS)).toBeGreaterThan(0);
    expect(started).toHaveLength(1);
  });

  it("another heap is another worker", async () => {
    line = newLine();
    const first = await line.run("name", LIMITS);
    expect(await line.run("name", { ...LIMITS, maxHeapMb: 96 })).not.toBe(first);
    expect(started).toHaveLength(2);
  });

  it("stopping fails the task in hand and those in line, and starts nothing again", async () => {
    line = newLine();
    const tasks = [line.run("spin", LIMITS), line.run("name", LIMITS)].map((task) =>
      expect(task).rejects.toThrow(/stopped/),
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    await line.stop();
    await Promise.all(tasks);
    expect(started).toHaveLength(1);
  });
});
