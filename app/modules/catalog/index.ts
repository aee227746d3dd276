export { sayCatalogRefusal } from "./catalog.refusals";
