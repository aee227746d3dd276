import type { StepRefusal, Transition } from "~/kernel/lifecycle";
import type { EntryState } from "~/kernel/vocabulary";
import type { Action } from "~/policy";

/** What can happen to a test that was entered; each event's words for timelines and buttons. */
export const SECURITY_TEST_EVENTS = {
  correct: "更正",
  confirm: "确认",
  return: "退回更正",
  withdraw: "撤销登记",
  annul: "作废",
} as const;
export type SecurityTestEvent = keyof typeof SECURITY_TEST_EVENTS;

/** The domain event that each of them is recorded as; the first entry is `securityTestEntered`. */
export const SECURITY_TEST_EVENT_FACTS = {
  correct: "securityTestCorrected",
  confirm: "securityTestConfirmed",
  return: "securityTestReturned",
  withdraw: "securityTestWithdrawn",
  annul: "securityTestVoided",
} as const satisfies Record<SecurityTestEvent, string>;

/** Conditions that the verbs resolve before asking the lifecycle. */
export type SecurityTestGuard = "otherPerson" | "reasonGiven" | "reportSeen";

export type SecurityTestTransition = Transition<EntryState, SecurityTestEvent, Action, SecurityTestGuard>;
export type SecurityTestStepRefusal = StepRefusal<SecurityTestTransition>;

/**
 * The life of a security test: entered by the unit, counted from the moment somebody of the bureau has confirmed it. What
 * was confirmed is not altered; it is made void with a reason, and entered anew.
 * @source domain.md §1 (two persons), §6
 */
export const SECURITY_TEST_LIFECYCLE = [
  { from: "entered", on: "correct", to: "entered", action: "security:record" },
  {
    from: "entered",
    on: "confirm",
    to: "confirmed",
    action: "security:confirm",
    guards: ["otherPerson", "reportSeen"],
  },
  {
    from: "entered",
    on: "return",
    to: "returned",
    action: "security:confirm",
    guards: ["otherPerson", "reasonGiven"],
  },
  { from: "entered", on: "withdraw", to: "void", action: "security:record", guards: ["reasonGiven"] },
  { from: "returned", on: "correct", to: "entered", action: "security:record" },
  { from: "returned", on: "withdraw", to: "void", action: "security:record", guards: ["reasonGiven"] },
  {
    from: "confirmed",
    on: "annul",
    to: "void",
    action: "security:confirm",
    guards: ["otherPerson", "reasonGiven"],
  },
] as const satisfies readonly SecurityTestTransition[];
