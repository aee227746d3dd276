export { CHANGE_EVENT_FACTS, CHANGE_EVENTS, type ChangeEvent } from "./change.lifecycle";
export { decideOverrun, decideRoute } from "./change.rules";
