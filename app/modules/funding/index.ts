export { ENTRY_EVENTS, ENTRY_KINDS, entryFact } from "./execution/entry.lifecycle";
