import { businessTime } from "~/platform/installation.server";
import type { ScheduledJob } from "~/platform/jobs.server";
import type { Listener, Listeners } from "~/platform/outbox.server";

import { openReports } from "./open-reports.server";
import { refreshLights } from "./refresh-lights.server";

/** Before the offices open; the demonstration's console runs it when the day moves. */
export const progressJobs: readonly ScheduledJob[] = [
  {
    name: "progress-daily",
    cron: "0 5 * * *",
    run: async (db) => {
      const { today } = await businessTime(db);
      await openReports(db, today);
      await refreshLights(db, today);
    },
  },
];

/** A project whose work begins or goes on owes this month's report at once, not only from tomorrow morning. */
const openDuties: Listener = async ({ subjectId }, db) => {
  const { today } = await businessTime(db);
  await openReports(db, today, { projectId: subjectId });
  await refreshLights(db, today, { projectId: subjectId });
};

export const progressListeners: Listeners = {
  projectImplementationStarted: [openDuties],
  projectResumed: [openDuties],
};
