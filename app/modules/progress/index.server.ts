export { reportsIntake } from "./bulk/reports-intake.server";
export { coordinationListeners } from "./coordination/coordination.listeners.server";
export { coordinationFigures, openMatters } from "./coordination/coordination.queries.server";
export { progressJobs, progressListeners } from "./progress.jobs.server";
