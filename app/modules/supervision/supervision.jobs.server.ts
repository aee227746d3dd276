import { businessTime } from "~/platform/installation.server";
import type { ScheduledJob } from "~/platform/jobs.server";

import { issueSlips } from "./slips/issue-slips.server";
import { callTalks } from "./talks/call-talks.server";

/** Before the offices open; the demonstration's console runs it when the day moves. Talks follow from the day's slips. */
export const supervisionJobs: readonly ScheduledJob[] = [
  {
    name: "supervision-daily",
    cron: "30 6 * * *",
    run: async (db) => {
      const clock = await businessTime(db);
      await issueSlips(db, clock);
      await callTalks(db, clock);
    },
  },
];
