export { nextCloudStep, outOfCloudScope } from "./cloud.rules";
