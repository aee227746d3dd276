import type { Transition } from "~/kernel/lifecycle";
import type { Action } from "~/policy";

/** Where a month's report stands. Late and missing are no states: they follow from dates and the clock. */
export const REPORT_STATES = {
  open: "待填报",
  draft: "填报中",
  awaitingSignature: "待签批",
  signed: "已报送",
} as const;
export type ReportState = keyof typeof REPORT_STATES;

/** What can happen to a report; each event's words for timelines and buttons. */
export const REPORT_EVENTS = {
  save: "保存草稿",
  submit: "提交签批",
  sign: "签批报送",
  decline: "退回修改",
} as const;
export type ReportEvent = keyof typeof REPORT_EVENTS;

/** The domain event that each of them is recorded as. */
export const REPORT_EVENT_FACTS = {
  save: "reportSaved",
  submit: "reportSubmitted",
  sign: "reportSigned",
  decline: "reportDeclined",
} as const satisfies Record<ReportEvent, string>;

/** Names of the conditions that the verbs resolve before asking the lifecycle. */
export type ReportGuard = "reportComplete" | "otherPersonThanFiller" | "reasonGiven";

type ReportTransition = Transition<ReportState, ReportEvent, Action, ReportGuard>;

/**
 * The life of a month's report. Saving a signed one begins its correction, which needs a signature again; the first
 * submission stays what it was.
 * @source domain.md §7
 */
export const REPORT_LIFECYCLE = [
  { from: "open", on: "save", to: "draft", action: "report:fill" },
  { from: "open", on: "submit", to: "awaitingSignature", action: "report:fill", guards: ["reportComplete"] },
  { from: "draft", on: "save", to: "draft", action: "report:fill" },
  { from: "draft", on: "submit", to: "awaitingSignature", action: "report:fill", guards: ["reportComplete"] },
  { from: "awaitingSignature", on: "sign", to: "signed", action: "report:sign", guards: ["otherPersonThanFiller"] },
  { from: "awaitingSignature", on: "decline", to: "draft", action: "report:sign", guards: ["reasonGiven"] },
  { from: "signed", on: "save", to: "draft", action: "report:fill" },
  { from: "signed", on: "submit", to: "awaitingSignature", action: "report:fill", guards: ["reportComplete"] },
] as const satisfies readonly ReportTransition[];
