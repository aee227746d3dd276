export { sayPeriodRefusal } from "./period.refusals";
