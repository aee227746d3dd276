export { slipColour, slipLimitsOf, supervisionNumber } from "./supervision.rules";
