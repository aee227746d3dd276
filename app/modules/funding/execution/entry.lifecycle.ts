import type { Transition } from "~/kernel/lifecycle";
import type { EntryState } from "~/kernel/vocabulary";
import type { Action } from "~/policy";

/** What is entered of a project's money by one person and confirmed by another. */
export const ENTRY_KINDS = {
  contract: "合同",
  contractChange: "合同变更",
  arrival: "到位资金",
  payment: "支付",
} as const;
export type EntryKind = keyof typeof ENTRY_KINDS;

/** What can happen to an entry; each event's words for timelines and buttons. */
export const ENTRY_EVENTS = {
  correct: "更正",
  confirm: "确认",
  return: "退回更正",
  withdraw: "作废",
  revoke: "撤销确认",
} as const;
export type EntryEvent = keyof typeof ENTRY_EVENTS;

/** Conditions that the verbs resolve before asking the lifecycle. */
export type EntryGuard = "otherPerson" | "reasonGiven";

/** Whose turn it is: who enters, who confirms, or finance, which alone takes back what was confirmed. */
export type EntrySide = "enter" | "confirm" | "revoke";

export type EntryTransition = Transition<EntryState, EntryEvent, EntrySide, EntryGuard>;

/**
 * The life of an entry. A state and event that are not a row here are refused. The action is a side; which permission that
 * is for a kind of entry stands in `ENTRY_ACTIONS`.
 * @source domain.md §1 (two persons), §5
 */
export const ENTRY_LIFECYCLE = [
  { from: "entered", on: "correct", to: "entered", action: "enter" },
  { from: "entered", on: "confirm", to: "confirmed", action: "confirm", guards: ["otherPerson"] },
  { from: "entered", on: "return", to: "returned", action: "confirm", guards: ["otherPerson", "reasonGiven"] },
  { from: "entered", on: "withdraw", to: "void", action: "enter", guards: ["reasonGiven"] },
  { from: "returned", on: "correct", to: "entered", action: "enter" },
  { from: "returned", on: "withdraw", to: "void", action: "enter", guards: ["reasonGiven"] },
  { from: "confirmed", on: "revoke", to: "void", action: "revoke", guards: ["otherPerson", "reasonGiven"] },
] as const satisfies readonly EntryTransition[];

/** The permission of each side. A confirmed change of a contract is not revoked: another change follows it. */
export const ENTRY_ACTIONS: Readonly<Record<EntryKind, Readonly<Record<EntrySide, Action | null>>>> = {
  contract: { enter: "contract:enter", confirm: "contract:confirm", revoke: "contract:confirm" },
  contractChange: { enter: "contract:enter", confirm: "contract:confirm", revoke: null },
  arrival: { enter: "arrival:enter", confirm: "arrival:confirm", revoke: "arrival:enter" },
  payment: { enter: "payment:enter", confirm: "payment:confirm", revoke: "payment:confirm" },
};

const PAST = {
  enter: "Entered",
  correct: "Corrected",
  confirm: "Confirmed",
  return: "Returned",
  withdraw: "Withdrawn",
  revoke: "Revoked",
} as const;

/** The domain event that a step of an entry is recorded as: contractEntered, paymentConfirmed … */
export const entryFact = (kind: EntryKind, step: EntryEvent | "enter"): string => `${kind}${PAST[step]}`;
