import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";

import { shiftYears } from "./copy.rules";

describe("shiftYears", () => {
  it.each([
    ["one year on", "2025-09-01", 1, "2026-09-01"],
    ["the same year stays", "2025-09-01", 0, "2025-09-01"],
    ["a leap day into a common year", "2024-02-29", 1, "2025-02-28"],
    ["a leap day into the next leap year", "2024-02-29", 4, "2028-02-29"],
    ["backwards", "2026-12-31", -1, "2025-12-31"],
  ])("%s", (_name, day, years, expected) => {
    expect(shiftYears(localDate(day), years)).toBe(expected);
  });
});
