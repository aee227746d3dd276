import { addDays } from "~/kernel/local-date";
import { businessTime } from "~/platform/installation.server";
import type { ScheduledJob } from "~/platform/jobs.server";
import type { Listener, Listeners } from "~/platform/outbox.server";

import { settlePoints } from "./settle-points.server";

/** How far back the daily run looks for updates that no listener counted. @unit days */
const LOOK_BACK_DAYS = 40;

/** Lateness and closed months come with the day, not with an event. */
export const pointsJobs: readonly ScheduledJob[] = [
  {
    name: "sharing-points-daily",
    cron: "20 5 * * *",
    run: async (db) => {
      const time = await businessTime(db);
      await settlePoints(db, time, { updatesSince: addDays(time.today, -LOOK_BACK_DAYS) });
    },
  },
];

const settleResource: Listener = async ({ subjectId }, db) =>
  settlePoints(db, await businessTime(db), { resourceId: subjectId });
const settleDemand: Listener = async ({ subjectId }, db) =>
  settlePoints(db, await businessTime(db), { demandId: subjectId });
const settleCorrection: Listener = async ({ subjectId }, db) =>
  settlePoints(db, await businessTime(db), { correctionId: subjectId });

export const pointsListeners: Listeners = {
  resourcePublished: [settleResource],
  resourceUpdated: [settleResource],
  demandDelivered: [settleDemand],
  demandRefusalOverruled: [settleDemand],
  correctionConfirmed: [settleCorrection],
};
