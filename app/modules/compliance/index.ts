export { evidenceHref, sayGateReason } from "./gate.refusals";
