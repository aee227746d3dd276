export { registerItemFor } from "./register-item.server";
export { slipContent, slipRow } from "./slips/issue-slips.server";
export { itemColour } from "./slips/slip-colour.server";
export { supervisionJobs } from "./supervision.jobs.server";
