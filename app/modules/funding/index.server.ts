export { counted, COUNTED_STATE } from "./execution/counted.server";
