import type { Transition } from "~/kernel/lifecycle";
import type { PaymentSheetState } from "~/kernel/vocabulary";
import type { Action } from "~/policy";

/** What can happen to a payment sheet that was read. */
export const SHEET_EVENTS = { apply: "入账", discard: "放弃" } as const;
export type SheetEvent = keyof typeof SHEET_EVENTS;

/** The life of a payment sheet. A state and event that are not a row here are refused. @source domain.md §5 */
export const SHEET_LIFECYCLE = [
  { from: "read", on: "apply", to: "applied", action: "payment:import" },
  { from: "read", on: "discard", to: "discarded", action: "payment:import" },
] as const satisfies readonly Transition<PaymentSheetState, SheetEvent, Action>[];
