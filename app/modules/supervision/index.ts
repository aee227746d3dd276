export { slipLimitsOf, slipsDue } from "./slips/slips.rules";
export { supervisionNumber } from "./supervision.rules";
export { redsInRow } from "./talks/talk.rules";
