export { addDemand } from "./demand/add-demand.server";
export { copyProjectDemands } from "./demand/copy-project-demands.server";
export { addResource } from "./add-resource.server";
export { projectDemands, projectResources } from "./catalog.queries.server";
export { demandSchema } from "./catalog.schema";
export { resourceSchema } from "./resource.content";
export { resourceOptions } from "./surroundings.queries.server";
export { publishProjectEntries } from "./publish-project-entries.server";
export { registerProjectEntries } from "./register-project-entries.server";
export { removeDemand } from "./demand/remove-demand.server";
export { removeDraftResource } from "./remove-draft-resource.server";
export { pointsJobs, pointsListeners } from "./points/points.jobs.server";
export { settlePoints } from "./points/settle-points.server";
export {
  deliveredOn,
  demandNote,
  isCollected,
  isPublished,
  resourcesDue,
  sharingRows,
  validDemands,
} from "./points/sharing-rows.server";
export { importScheduledJobs, importStartedJobs } from "./import/import.jobs.server";
