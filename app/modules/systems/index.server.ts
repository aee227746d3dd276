export { cloudRates, cloudTarget } from "./cloud/rates.queries.server";
export { standingOf } from "./cloud/standing.server";
export { registerProjectSystem } from "./inventory/register-project-system.server";
