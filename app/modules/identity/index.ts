export { roleLabels, roleWords } from "./role-labels";
