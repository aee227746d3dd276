export { admitAttachment, type AttachmentCode } from "./attachment.rules";
export { FILING_SECTIONS } from "./filing.types";
export { stageTone } from "./project-words";
export {
  EDITABLE_STAGES,
  PROJECT_EVENT_FACTS,
  PROJECT_EVENTS,
  STAGES_UNDER_WAY,
  type ProjectEvent,
} from "./project.lifecycle";
export type { TransitionRefusal } from "./stage.rules";
export { sayTransitionRefusal } from "./transition.refusals";
export { FORM_CHECK_KEYS } from "./review/form-check.rules";
export { lateWorkdays, turnDueOn } from "./turn.rules";
