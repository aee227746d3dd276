export { ENTRY_KINDS } from "./execution/entry.lifecycle";
