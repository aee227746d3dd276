import { describe, expect, it } from "vitest";

import { localDate, startOfDay } from "~/kernel/local-date";

import { stoppedClocks } from "./stopped-clock.rules";

const calendar = { days: new Map(), years: new Set([2026]) };
const event = (type: string, day: string) => ({
  id: `${type} ${day}`,
  type,
  at: new Date(startOfDay(localDate(day)).getTime() + 36_000_000),
});
const stops = (...events: ReturnType<typeof event>[]) =>
  stoppedClocks(calendar, localDate("2026-07-20"), events).map(({ from, until, workdays }) => [from, until, workdays]);

describe("stoppedClocks", () => {
  it("nothing returned: the clock never stood still", () => {
    expect(stops(event("projectSigned", "2026-07-06"), event("projectPassed", "2026-07-10"))).toEqual([]);
  });
  it("from the return to the next signature, working days only, whatever order the events come in", () => {
    expect(
      stops(
        event("projectSigned", "2026-07-14"),
        event("projectSubmitted", "2026-07-13"),
        event("projectReturned", "2026-07-09"),
        event("projectSigned", "2026-07-06"),
      ),
    ).toEqual([["2026-07-09", "2026-07-14", 3]]);
  });
  it("two returns are two stops, one by finance", () => {
    expect(
      stops(
        event("projectReturned", "2026-07-07"),
        event("projectSigned", "2026-07-08"),
        event("projectReturnedFromFunding", "2026-07-15"),
        event("projectSigned", "2026-07-16"),
      ),
    ).toEqual([
      ["2026-07-07", "2026-07-08", 1],
      ["2026-07-15", "2026-07-16", 1],
    ]);
  });
  it("still standing: counted up to today", () => {
    expect(stops(event("projectReturned", "2026-07-16"))).toEqual([["2026-07-16", null, 2]]);
  });
  it("a withdrawal ends it", () => {
    expect(stops(event("projectReturned", "2026-07-16"), event("projectWithdrawn", "2026-07-17"))).toEqual([
      ["2026-07-16", "2026-07-17", 1],
    ]);
  });
});
