export { MATTER_EVENT_WORDS } from "./matter.words";
export { replaceability, REPLACEABILITIES, type Replaceability } from "./replaceability.rules";
