export { confirmPeriod } from "./confirm-period.server";
export { freezePeriod } from "./freeze-period.server";
export { publishPeriod } from "./publish-period.server";
export { readRanking, visiblePeriods } from "./ranking.queries.server";
