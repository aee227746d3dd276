export { CRITERIA_OF } from "./criteria";
export { seatState } from "./opinion.rules";
export { panelStanding, proposedVerdict } from "./panel.rules";
