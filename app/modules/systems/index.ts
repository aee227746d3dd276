export { isMigrated, nextCloudStep, outOfCloudScope } from "./cloud.rules";
export { outOfScopeWords } from "./cloud.refusals";
