export { plannedPercentAt } from "./plan/plan.rules";
export { lightOf, rememberedLight, reportDueOn, type LightFigures, type LightReason } from "./progress.rules";
