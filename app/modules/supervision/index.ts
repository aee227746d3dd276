export { slipColour, supervisionNumber } from "./supervision.rules";
