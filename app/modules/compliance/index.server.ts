export { readGate } from "./gate.queries.server";
