import type { LocalDate } from "~/kernel/local-date";
import type { TalkState } from "~/kernel/vocabulary";
import type { Tone } from "~/ui";

/** What the notice of a talk says, as it was when the talk was called: kept with its event, so that a reprint is the same. */
export interface TalkContent {
  readonly number: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly calledOn: LocalDate;
  readonly dueOn: LocalDate;
  readonly slips: readonly {
    readonly slipNumber: string;
    readonly issuedOn: LocalDate;
    readonly dueOn: LocalDate;
    readonly itemNumber: string;
    readonly title: string;
  }[];
}

/** The colour of a talk's state; overdue when nobody held it in time. */
export const talkTone = (state: TalkState, isOverdue: boolean): Tone =>
  state === "held" ? "good" : isOverdue ? "bad" : "warn";

/** What happened to a talk, for its timeline. */
export const talkEventWords = (type: string): string => (type === "supervisionTalkHeld" ? "记录约谈" : "发起约谈");
