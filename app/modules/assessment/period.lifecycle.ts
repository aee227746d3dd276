import { findTransition, type Transition } from "~/kernel/lifecycle";
import { accept, refuse, type Refusal, type Result } from "~/kernel/result";
import type { PeriodState } from "~/kernel/vocabulary";
import type { Action } from "~/policy";

/** What can happen to an assessed period; each event's words for buttons. */
export const PERIOD_EVENTS = { freeze: "冻结", publish: "公布", confirm: "定档" } as const;
export type PeriodEvent = keyof typeof PERIOD_EVENTS;

/** Names of the conditions that the verbs resolve before asking the lifecycle. */
export type PeriodGuard = "periodEnded" | "reportingDayPassed" | "otherPersonThanFroze";

type PeriodTransition = Transition<PeriodState, PeriodEvent, Action, PeriodGuard>;

/**
 * The life of an assessed period. What is frozen never thaws: what was wrong is put right in the next period.
 * @source domain.md §9 (cycle)
 */
export const PERIOD_LIFECYCLE = [
  {
    from: "open",
    on: "freeze",
    to: "frozen",
    action: "assessment:freeze",
    guards: ["periodEnded", "reportingDayPassed"],
  },
  { from: "frozen", on: "publish", to: "published", action: "assessment:freeze" },
  { from: "published", on: "confirm", to: "final", action: "assessment:confirm", guards: ["otherPersonThanFroze"] },
] as const satisfies readonly PeriodTransition[];

/** A guard that does not hold refuses by its own name; `notInThisState` when the lifecycle has no such row. */
export type PeriodRefusal = "notInThisState" | PeriodGuard;

/**
 * The state an event leads to. Refuses with notInThisState (facts: state, event), or with every guard that does not hold.
 * @source domain.md §9
 */
export function decidePeriod(
  state: PeriodState,
  event: PeriodEvent,
  guardsHeld: readonly PeriodGuard[],
  facts: Refusal["facts"] = {},
): Result<PeriodState, PeriodRefusal> {
  const row = findTransition<PeriodTransition>(PERIOD_LIFECYCLE, state, event);
  if (!row) return refuse({ code: "notInThisState", facts: { state, event } });
  const unmet = (row.guards ?? []).filter((guard) => !guardsHeld.includes(guard));
  if (unmet.length > 0) return refuse(...unmet.map((code) => ({ code, facts })));
  return accept(row.to);
}

/** The event that comes next, or undefined when the period is final. */
export function nextPeriodEvent(state: PeriodState): (typeof PERIOD_LIFECYCLE)[number] | undefined {
  return PERIOD_LIFECYCLE.find((row) => row.from === state);
}
