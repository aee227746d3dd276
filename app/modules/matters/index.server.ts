export { materialsIntake } from "./intake/materials-intake.server";
export { mattersIntake } from "./intake/matters-intake.server";
