export { evidenceHref, sayBlocks, sayGateReason } from "./gate.refusals";
export { isMoneyOpen, isUpkeep } from "./gate.rules";
export type { Gate, GateReason } from "./gate.types";
export { STOPPABLE_STAGES } from "./sanction/sanction.rules";
