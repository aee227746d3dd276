export { EXEMPTION_EVENT_FACTS } from "./exemption/exemption.lifecycle";
export { sayGateReason } from "./gate.refusals";
export { isMoneyOpen, isUpkeep } from "./gate.rules";
export type { Gate, GateReason } from "./gate.types";
export { RECOLLECTION_EVENT_FACTS } from "./recollection/recollection.lifecycle";
export { SANCTION_EVENT_FACTS } from "./sanction/sanction.lifecycle";
export { sanctionName, STOPPABLE_STAGES } from "./sanction/sanction.rules";
