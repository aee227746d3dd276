import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";

import { decideHeld, redsInRow, type Outcome } from "./talk.rules";

/** "R" is a red slip, "-" a closing without one; each a week after the other, known ten days after it was due. */
const outcomes = (line: string): Outcome[] =>
  [...line].map((mark, index) => ({
    itemId: `i${index}`,
    dueOn: localDate(`2026-0${1 + Math.floor(index / 3)}-${String(1 + (index % 3) * 7).padStart(2, "0")}`),
    redSlipId: mark === "R" ? `s${index}` : null,
    knownOn: localDate(`2026-0${1 + Math.floor(index / 3)}-${String(11 + (index % 3) * 7).padStart(2, "0")}`),
  }));

describe("redsInRow", () => {
  it.each([
    ["two reds", "RR", undefined],
    ["three reds", "RRR", ["s0", "s1", "s2"]],
    ["a closing in time breaks the row", "RR-R", undefined],
    ["after the break three more", "RR-RRR", ["s3", "s4", "s5"]],
    ["four that became known together make one talk", "RRRR", ["s0", "s1", "s2", "s3"]],
    ["a row that was reached stays reached when the next is closed in time", "RRR-", ["s0", "s1", "s2"]],
    ["nothing at all", "", undefined],
    ["only closings", "---", undefined],
  ])("%s", (_name, line, expected) => {
    expect(redsInRow(outcomes(line), null, 3)).toEqual(expected);
  });

  it("counts in the order of due days, whichever became known first", () => {
    expect(redsInRow(outcomes("RR-R").toReversed(), null, 3)).toBeUndefined();
    expect(redsInRow(outcomes("RRR").toReversed(), null, 3)).toEqual(["s0", "s1", "s2"]);
  });

  it.each([
    ["on the day of the last red: everything is settled", "RRRRR", "2026-02-18", undefined],
    ["the day before: the last red counts, alone", "RRRRR", "2026-02-17", undefined],
    ["after the second: three new ones", "RRRRR", "2026-01-18", ["s2", "s3", "s4"]],
    ["before all of them", "RRR", "2026-01-10", ["s0", "s1", "s2"]],
  ])("after a talk counting starts anew: %s", (_name, line, talkOn, expected) => {
    expect(redsInRow(outcomes(line), localDate(talkOn), 3)).toEqual(expected);
  });

  it("so many as the figure says", () => {
    expect(redsInRow(outcomes("RR"), null, 2)).toEqual(["s0", "s1"]);
    expect(redsInRow(outcomes("R"), null, 1)).toEqual(["s0"]);
  });
});

describe("decideHeld", () => {
  const called = { state: "called", calledOn: localDate("2026-07-13") } as const;
  const today = localDate("2026-07-20");
  it.each([
    ["today", called, "2026-07-20", true, []],
    ["the day it was called", called, "2026-07-13", true, []],
    ["tomorrow", called, "2026-07-21", true, ["heldInFuture"]],
    ["before it was called", called, "2026-07-12", true, ["heldBeforeCalled"]],
    ["without minutes", called, "2026-07-20", false, ["minutesMissing"]],
    ["a second time", { ...called, state: "held" as const }, "2026-07-20", true, ["talkHeldAlready"]],
  ])("%s", (_name, talk, on, hasMinutes, codes) => {
    const decision = decideHeld(talk, { on: localDate(on), hasMinutes }, today);
    expect(decision.ok ? [] : decision.refusals.map(({ code }) => code)).toEqual(codes);
  });
});
