export { MATTER_EVENT_WORDS } from "./matter.words";
