export { deliverAcceptedProject } from "./deliver-accepted-project.server";
export { deliveryScheduledJobs, deliveryStartedJobs } from "./delivery.jobs.server";
export { deliveryListeners } from "./delivery.listeners.server";
export { snapshotOf } from "./snapshot.queries.server";
