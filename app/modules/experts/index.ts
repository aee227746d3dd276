export { CRITERION_KEYS } from "./criteria";
export { seatState } from "./opinion.rules";
export { panelStanding, proposedVerdict } from "./panel.rules";
