import { openDatabase, type Database } from "@db/client";

import { acceptanceJobs, acceptanceListeners } from "./modules/acceptance/index.server";
import { bulletinListeners } from "./modules/bulletins/index.server";
import { importScheduledJobs, importStartedJobs, pointsJobs, pointsListeners } from "./modules/catalog/index.server";
import { gateJobs, gateListeners } from "./modules/compliance/index.server";
import { deliveryListeners, deliveryScheduledJobs, deliveryStartedJobs } from "./modules/delivery/index.server";
import { expertListeners } from "./modules/experts/index.server";
import { messageScheduledJobs, messageStartedJobs } from "./modules/inbox/index.server";
import { coordinationListeners, progressJobs, progressListeners } from "./modules/progress/index.server";
import { lapseJobs, projectJobs, sanctionListeners } from "./modules/projects/index.server";
import { supervisionJobs } from "./modules/supervision/index.server";
import { securityJobs } from "./modules/systems/index.server";
import { auditJobs } from "./platform/audit/seal.server";
import { calendarNotes } from "./platform/calendar-notes.server";
import { startJobs, type ScheduledJob, type StartedJob } from "./platform/jobs.server";
import { mergeListeners } from "./platform/outbox.server";
import { stopWorkers } from "./platform/workers/worker-task.server";

/** The running application: what the HTTP server needs of it. */
export interface App {
  readonly db: Database;
  readonly ping: () => Promise<boolean>;
  /** what an operator should know of a node that is ready */
  readonly notes: () => Promise<readonly string[]>;
  readonly triggerJob: (name: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Every job that runs by the calendar, and every module that listens to events of modules below it. */
const JOBS: readonly ScheduledJob[] = [
  ...importScheduledJobs,
  ...pointsJobs,
  ...lapseJobs,
  ...deliveryScheduledJobs,
  ...projectJobs,
  ...acceptanceJobs,
  ...gateJobs,
  ...securityJobs,
  ...progressJobs,
  ...supervisionJobs,
  ...messageScheduledJobs,
  ...auditJobs,
];
const STARTED_JOBS: readonly StartedJob[] = [...importStartedJobs, ...deliveryStartedJobs, ...messageStartedJobs];
const LISTENERS = mergeListeners(
  deliveryListeners,
  pointsListeners,
  progressListeners,
  coordinationListeners,
  bulletinListeners,
  expertListeners,
  acceptanceListeners,
  sanctionListeners,
  gateListeners,
);

/** The composition root: opens the database, starts the jobs, hands both to the server. */
export async function boot({ databaseUrl, runJobs }: { databaseUrl: string; runJobs: boolean }): Promise<App> {
  const db = openDatabase(databaseUrl, { max: 10 });
  const runner = runJobs
    ? await startJobs(db, databaseUrl, { scheduled: JOBS, started: STARTED_JOBS, listeners: LISTENERS })
    : undefined;
  return {
    db,
    ping: () => db.ping(2_000),
    notes: () => calendarNotes(db),
    triggerJob: async (name) => runner?.trigger(name),
    stop: async () => {
      await runner?.stop();
      await stopWorkers();
      await db.close();
    },
  };
}
