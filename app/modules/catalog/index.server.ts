export { addDemand } from "./add-demand.server";
export { addResource } from "./add-resource.server";
export { categoryOptions, projectDemands, projectResources } from "./catalog.queries.server";
export { demandSchema, resourceSchema } from "./catalog.schema";
export { registerProjectEntries } from "./register-project-entries.server";
export { removeDemand } from "./remove-demand.server";
export { removeDraftResource } from "./remove-draft-resource.server";
