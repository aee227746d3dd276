import type { ScheduledJob, StartedJob } from "~/platform/jobs.server";

import { sendDeliveries } from "./send-deliveries.server";

/** Whose turn came again after a while, and what a process that died left behind. */
export const deliveryScheduledJobs: readonly ScheduledJob[] = [
  {
    name: "catalog-delivery",
    cron: "* * * * *",
    run: async (db) => {
      await sendDeliveries(db);
    },
  },
];

/** What was just put in line, or back into it, is sent at once. */
export const deliveryStartedJobs: readonly StartedJob[] = [
  {
    name: "catalog-delivery-now",
    on: ["deliveryQueued", "deliveryResent"],
    run: async (db) => {
      await sendDeliveries(db);
    },
  },
];
