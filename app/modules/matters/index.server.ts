export { mattersIntake } from "./intake/matters-intake.server";
