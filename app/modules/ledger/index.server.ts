export { dueUpdates } from "./list/due-updates.queries.server";
