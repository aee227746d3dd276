import { describe, expect, it } from "vitest";

import { keysOf, PERIOD_STATES } from "~/kernel/vocabulary";

import { decidePeriod, nextPeriodEvent, PERIOD_EVENTS, type PeriodEvent, type PeriodGuard } from "./period.lifecycle";

const ALL: PeriodGuard[] = ["periodEnded", "reportingDayPassed", "otherPersonThanFroze"];
const LEADS: Readonly<Record<string, string>> = {
  "open freeze": "frozen",
  "frozen publish": "published",
  "published confirm": "final",
};

describe("an assessed period", () => {
  const every = keysOf(PERIOD_STATES).flatMap((state) => keysOf(PERIOD_EVENTS).map((event) => [state, event] as const));
  it.each(every)("%s, %s", (state, event) => {
    const result = decidePeriod(state, event, ALL);
    const expected = LEADS[`${state} ${event}`];
    if (expected) expect(result).toEqual({ ok: true, value: expected });
    else expect(result).toMatchObject({ ok: false, refusals: [{ code: "notInThisState", facts: { state, event } }] });
  });

  it.each<[string, "open" | "published", PeriodEvent, PeriodGuard[], string[]]>([
    ["a month that has not ended", "open", "freeze", ["reportingDayPassed"], ["periodEnded"]],
    ["before the reporting day", "open", "freeze", ["periodEnded"], ["reportingDayPassed"]],
    ["neither", "open", "freeze", [], ["periodEnded", "reportingDayPassed"]],
    ["by the person who froze it", "published", "confirm", [], ["otherPersonThanFroze"]],
  ])("%s is refused", (_name, state, event, held, codes) => {
    const result = decidePeriod(state, event, held, { dueOn: "2026-07-15" });
    expect(result.ok ? [] : result.refusals.map(({ code }) => code)).toEqual(codes);
  });

  it.each([
    ["open", "freeze"],
    ["frozen", "publish"],
    ["published", "confirm"],
    ["final", undefined],
  ] as const)("after %s comes %s", (state, event) => {
    expect(nextPeriodEvent(state)?.on).toBe(event);
  });
});
