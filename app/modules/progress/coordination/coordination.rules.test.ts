import { describe, expect, it } from "vitest";

import { COORDINATION_STATES, keysOf, type CoordinationState } from "~/kernel/vocabulary";

import { COORDINATION_EVENTS } from "./coordination.lifecycle";
import { coordinationAction, hearReport, isCoordinationEventPossible, isOpenState } from "./coordination.rules";

const JUNE = "june";
const known = (
  state: CoordinationState,
  more: { text?: string; lastReportId?: string; isEndedByUnit?: boolean } = {},
) => ({
  state,
  text: "请协调接口",
  lastReportId: JUNE,
  isEndedByUnit: false,
  ...more,
});

describe("hearReport", () => {
  it.each([
    ["nothing to settle, nothing known", "", undefined, "nothing"],
    ["only spaces and line ends are nothing", " \n\t", undefined, "nothing"],
    ["something to settle, nothing known", "请协调接口", undefined, "raise"],
    ["the same words again", "请协调接口", known("raised"), "nothing"],
    ["the same words with spaces around them", " 请协调接口\n", known("raised"), "nothing"],
    ["other words", "请协调机房", known("raised"), "revise"],
    ["other words after an answer", "请协调机房", known("answered"), "revise"],
    ["other words while it is supervised", "请协调机房", known("itemised"), "revise"],
    ["not asked any more before an answer", "", known("raised"), "withdraw"],
    ["not asked any more after an answer", "", known("answered"), "clear"],
    ["not asked any more while it is supervised", "", known("itemised"), "clear"],
    ["settled, the same report heard again", "请协调接口", known("settled"), "nothing"],
    ["settled, its correction says something else", "请协调机房", known("settled"), "raise"],
    ["settled, the next month asks again", "请协调接口", known("settled", { lastReportId: "may" }), "raise"],
    ["settled, nothing more to settle", "", known("settled"), "nothing"],
    ["withdrawn, heard again", "", known("withdrawn", { isEndedByUnit: true }), "nothing"],
    [
      "withdrawn, then asked again in the same month",
      "请协调接口",
      known("withdrawn", { isEndedByUnit: true }),
      "raise",
    ],
    ["cleared, then asked again in the same month", "请协调接口", known("settled", { isEndedByUnit: true }), "raise"],
  ] as const)("%s", (_name, text, newest, expected) => {
    expect(hearReport({ reportId: JUNE, text }, newest)).toBe(expected);
  });

  it("only ever says what the lifecycle allows", () => {
    for (const state of keysOf(COORDINATION_STATES).filter(isOpenState)) {
      for (const text of ["", "请协调机房"]) {
        const heard = hearReport({ reportId: JUNE, text }, known(state));
        expect([
          state,
          heard,
          heard !== "raise" && heard !== "nothing" && isCoordinationEventPossible(state, heard),
        ]).toEqual([state, heard, true]);
      }
    }
  });
});

describe("coordinationAction", () => {
  it.each([
    ["advise", "coordination:advise"],
    ["answer", "coordination:answer"],
    ["itemise", "coordination:answer"],
    ["settle", "coordination:advise"],
    ["revise", "report:sign"],
    ["finish", "supervision:verify"],
  ] as const)("%s needs %s", (event, action) => expect(coordinationAction(event)).toBe(action));
  it("knows every event", () => {
    for (const event of keysOf(COORDINATION_EVENTS)) expect(coordinationAction(event)).toContain(":");
  });
});
