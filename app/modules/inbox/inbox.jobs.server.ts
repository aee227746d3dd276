import type { ScheduledJob, StartedJob } from "~/platform/jobs.server";

import { SENDINGS_QUEUED } from "./announce.server";
import { sendMessages } from "./send-messages.server";

/** Whose turn came again after a while, what a robot had enough of, and what a process that died left behind. */
export const messageScheduledJobs: readonly ScheduledJob[] = [
  {
    name: "message-sending",
    cron: "* * * * *",
    run: async (db) => {
      await sendMessages(db);
    },
  },
];

/** What was just put in line is sent at once. */
export const messageStartedJobs: readonly StartedJob[] = [
  {
    name: "message-sending-now",
    on: [SENDINGS_QUEUED],
    run: async (db) => {
      await sendMessages(db);
    },
  },
];
