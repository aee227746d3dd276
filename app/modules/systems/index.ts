export { nextCloudStep, outOfCloudScope } from "./cloud/cloud.rules";
