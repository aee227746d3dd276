export { sayCatalogRefusal } from "./catalog.refusals";
export { splitItems } from "./resource.rules";
