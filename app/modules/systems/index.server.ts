export { cloudRates, cloudTarget } from "./systems.queries.server";
export { registerProjectSystem } from "./register-project-system.server";
