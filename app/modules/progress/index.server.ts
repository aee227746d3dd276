export { progressJobs, progressListeners } from "./progress.jobs.server";
