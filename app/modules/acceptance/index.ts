export { ACCEPTANCE_EVENT_FACTS, ACCEPTANCE_EVENTS } from "./acceptance.lifecycle";
export { applyLimit } from "./clock.rules";
export { acceptanceTitle } from "./acceptance.words";
export { EXTENSION_EVENT_FACTS, EXTENSION_EVENTS } from "./extension.lifecycle";
