export { counted, COUNTED_STATE } from "./execution/counted.server";
export { waitingEntries } from "./execution/entries.queries.server";
export { readMoneyFloor } from "./execution/money-floor.server";
