import { describe, expect, it } from "vitest";

import { averageDays } from "./statistics.words";

describe("averageDays", () => {
  it.each([
    ["nothing closed", 0, 0, 0, "—"],
    ["a whole number", 30, 2, 1, "10.0"],
    ["rounded down", 31, 2, 1, "10.3"],
    ["half is rounded up", 21, 20, 0, "1.1"],
    ["less than a tenth", 1, 30, 0, "0.0"],
    ["closed on the day", 0, 4, 0, "0.0"],
  ])("%s", (_name, daysToClose, inTime, late, expected) => {
    expect(averageDays({ daysToClose, inTime, late })).toBe(expected);
  });
});
