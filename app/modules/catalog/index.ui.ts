export { blankResource, ResourceFields, type ResourceOptions, type ResourceValues } from "./ui/ResourceFields";
