export { sayCatalogRefusal } from "./catalog.refusals";
export { updateDueOn } from "./freshness.rules";
export { parseItems, type ResourceContent, type ResourceItem } from "./resource.content";
export { DEMAND_EVENT_WORDS } from "./demand/demand-words";
