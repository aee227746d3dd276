import PgBoss from "pg-boss";

import type { Database } from "@db/client";

import { log } from "./log.server";
import { onNudge, relayOutbox, type Listeners } from "./outbox.server";

/** A job that runs by the calendar. It must be idempotent: delivery is at least once. */
export interface ScheduledJob {
  readonly name: string;
  /** cron expression, Asia/Shanghai */
  readonly cron: string;
  readonly run: (db: Database) => Promise<void>;
}

const RELAY = "outbox-relay";

export interface JobRunner {
  /** runs a scheduled job now, once, in the background */
  readonly trigger: (name: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Starts pg-boss with the scheduled jobs and the outbox relay. One runner per process; jobs run once among all. */
export async function startJobs(
  db: Database,
  url: string,
  jobs: readonly ScheduledJob[],
  listeners: Listeners,
): Promise<JobRunner> {
  const boss = new PgBoss({ connectionString: url, schema: "pgboss", max: 3 });
  boss.on("error", (error) => log.error({ err: error }, "job queue"));
  await boss.start();

  await boss.createQueue(RELAY, { name: RELAY, policy: "short", retryLimit: 3, expireInMinutes: 10 });
  await boss.work(RELAY, { pollingIntervalSeconds: 2 }, async () => {
    await relayOutbox(db, listeners);
  });
  await boss.schedule(RELAY, "* * * * *");

  for (const job of jobs) {
    await boss.createQueue(job.name, { name: job.name, retryLimit: 5, retryDelay: 10, retryBackoff: true });
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
