export { evidenceHref, sayGateReason } from "./gate.refusals";
export type { Gate } from "./gate.rules";
