export { roleLabels } from "./role-labels";
