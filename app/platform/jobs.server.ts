import { setTimeout as delay } from "node:timers/promises";

import PgBoss from "pg-boss";

import type { Database } from "@db/client";

import { log } from "./log.server";
import { mergeListeners, onNudge, relayOutbox, type Listener, type Listeners } from "./outbox.server";

/** A job that runs by the calendar. It must be idempotent: delivery is at least once. */
export interface ScheduledJob {
  readonly name: string;
  /** cron expression, Asia/Shanghai */
  readonly cron: string;
  readonly run: (db: Database) => Promise<void>;
}

/**
 * A job that an event starts, off the request: long work on one subject. Delivery is at least once and another process
 * may have begun it, so it must look where its subject stands, hold it while it works, and end at once when there is
 * nothing left to do. It runs by itself in each process; its subjects wait for each other.
 */
export interface StartedJob {
  readonly name: string;
  /** topics of the outbox that start it */
  readonly on: readonly string[];
  readonly run: (db: Database, subjectId: string) => Promise<void>;
}

/** What runs in the background. */
export interface BackgroundWork {
  readonly scheduled: readonly ScheduledJob[];
  readonly started: readonly StartedJob[];
  readonly listeners: Listeners;
}

const RELAY = "outbox-relay";
/** A started job that is not done after this time is taken for dead and begun again. @unit minutes */
const STARTED_JOB_MINUTES = 15;

export interface JobRunner {
  /** runs a scheduled job now, once, in the background */
  readonly trigger: (name: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Starts pg-boss with the jobs and the outbox relay. One runner per process; jobs run once among all. */
export async function startJobs(
  db: Database,
  url: string,
  { scheduled, started, listeners: ownListeners }: BackgroundWork,
): Promise<JobRunner> {
  const boss = new PgBoss({ connectionString: url, schema: "pgboss", max: 3 });
  boss.on("error", (error) => log.error({ err: error }, "job queue"));
  await boss.start();
  const listeners = mergeListeners(ownListeners, ...(await workStartedJobs(boss, db, started)));

  await createQueue(boss, RELAY, { name: RELAY, policy: "short", retryLimit: 3, expireInMinutes: 10 });
  await boss.work(RELAY, { pollingIntervalSeconds: 2 }, async () => {
    await relayOutbox(db, listeners);
  });
  await boss.schedule(RELAY, "* * * * *");

  for (const job of scheduled) {
    await createQueue(boss, job.name, { name: job.name, retryLimit: 5, retryDelay: 10, retryBackoff: true });
    await boss.work(job.name, { pollingIntervalSeconds: 2 }, async () => {
      await job.run(db);
    });
    await boss.schedule(job.name, job.cron, undefined, { tz: "Asia/Shanghai" });
  }

  // A commit in this process is relayed at once; the queue covers other processes and restarts.
  let relaying = Promise.resolve();
  let queued = false;
  onNudge(() => {
    if (queued) return;
    queued = true;
    relaying = relaying.then(async () => {
      queued = false;
      await relayOutbox(db, listeners).catch((error: unknown) => log.error({ err: error }, "outbox relay"));
    });
  });

  return {
    trigger: async (name) => {
      await boss.send(name, {});
    },
    stop: async () => {
      onNudge(() => undefined);
      await relaying;
      await boss.stop({ graceful: true, timeout: 5_000 });
    },
  };
}

const DEADLOCK = "40P01";
const MOST_TRIES = 10;

/** Makes a queue that may be there already. Two processes that start at once get into each other's way; one then waits. */
async function createQueue(boss: PgBoss, name: string, options: PgBoss.Queue): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await boss.createQueue(name, options);
    } catch (error) {
      if (tries >= MOST_TRIES || (error as { code?: unknown }).code !== DEADLOCK) throw error;
      await delay(tries * 50);
    }
  }
}

/** Begins to work off the started jobs; answers the listeners that put their subjects in line. */
async function workStartedJobs(boss: PgBoss, db: Database, jobs: readonly StartedJob[]): Promise<Listeners[]> {
  const starters: Listeners[] = [];
  for (const job of jobs) {
    const expireInMinutes = STARTED_JOB_MINUTES;
    await createQueue(boss, job.name, {
      name: job.name,
      retryLimit: 3,
      retryDelay: 5,
      retryBackoff: true,
      expireInMinutes,
    });
    const worker = await boss.work<{ subjectId: string }>(job.name, { pollingIntervalSeconds: 2 }, async (batch) => {
      for (const { data } of batch) await job.run(db, data.subjectId);
    });
    const start: Listener = async ({ subjectId }) => {
      await boss.send(job.name, { subjectId });
      // This process need not wait for its next look into the queue.
      boss.notifyWorker(worker);
    };
    starters.push(Object.fromEntries(job.on.map((topic) => [topic, [start]])));
  }
  return starters;
}
