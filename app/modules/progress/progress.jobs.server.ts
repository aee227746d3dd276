import { localDate } from "~/kernel/local-date";
import { businessTime } from "~/platform/installation.server";
import type { ScheduledJob } from "~/platform/jobs.server";
import type { Listener, Listeners } from "~/platform/outbox.server";

import { dropReports } from "./duty/drop-reports.server";
import { openReports } from "./duty/open-reports.server";
import { remindReports } from "./duty/remind-reports.server";
import { refreshLights } from "./light/refresh-lights.server";

/** Duties before the offices open, reminders when they do; the demonstration's console runs both when the day moves. */
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
  {
    name: "report-reminders",
    cron: "30 8 * * *",
    run: async (db) => {
      await remindReports(db, await businessTime(db));
    },
  },
];

/** A project whose work begins or goes on owes this month's report at once, not only from tomorrow morning. */
const openDuties: Listener = async ({ subjectId }, db) => {
  const { today } = await businessTime(db);
  await openReports(db, today, { projectId: subjectId });
  await refreshLights(db, today, { projectId: subjectId });
};

/** What moves the limit for acceptance, or meets it, shows in the light at once. */
const judgeAgain: Listener = async ({ payload }, db) => {
  if (typeof payload.projectId !== "string") return;
  const { today } = await businessTime(db);
  await refreshLights(db, today, { projectId: payload.projectId });
};

/** A project that stands still, or has ended, owes no report from that month on. */
const dropDuties: Listener = async ({ subjectId, payload }, db) => {
  if (typeof payload.on === "string") await dropReports(db, subjectId, localDate(payload.on));
};

export const progressListeners: Listeners = {
  projectSuspended: [dropDuties],
  projectTerminated: [dropDuties],
  projectLapsed: [dropDuties],
  projectImplementationStarted: [openDuties],
  projectResumed: [openDuties],
  projectFinalAcceptancePassed: [dropDuties],
  acceptanceSigned: [judgeAgain],
  acceptanceWithdrawn: [judgeAgain],
  extensionGranted: [judgeAgain],
};
