import { ACCEPTANCE_STATES, EXTENSION_STATES } from "~/kernel/vocabulary";

import { APPLY_STATES, EVALUATION_STATES } from "./acceptance.words";

/** The four lists, by what is shown. */
export const ACCEPTANCE_TABS = {
  due: "待验收",
  applications: "办理中",
  extensions: "延期",
  evaluation: "自评价",
} as const;
export type AcceptanceTab = keyof typeof ACCEPTANCE_TABS;

/** What the state filter offers in each list. */
export const TAB_STATES = {
  due: APPLY_STATES,
  applications: ACCEPTANCE_STATES,
  extensions: EXTENSION_STATES,
  evaluation: EVALUATION_STATES,
} as const satisfies Record<AcceptanceTab, Readonly<Record<string, string>>>;
