export { gateJobs, gateListeners } from "./gate.jobs.server";
export { readGate, readGates } from "./gate.queries.server";
