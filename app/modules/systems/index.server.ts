export { cloudRates, cloudTarget } from "./systems.queries.server";
