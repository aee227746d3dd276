export { sayCatalogRefusal } from "./catalog.refusals";
export { normalizeResourceName, splitItems } from "./resource.rules";
