import { describe, expect, it } from "vitest";

import { period } from "~/kernel/period";

import { concernedUnit, evidenceUrl, scoreSheetUrl } from "./evidence";

const june = period("2026-06");

describe("concernedUnit", () => {
  it.each([
    ["rows of one unit", evidenceUrl(june, "cloudRate", "unit-1"), "unit-1"],
    ["a score sheet", scoreSheetUrl(june, "unit-1"), "unit-1"],
    ["rows of all units", evidenceUrl(june, "cloudRate"), undefined],
    ["the ranking", "/ranking?period=2026-06", undefined],
    ["another page", "/projects/1/reports/2026-06", undefined],
  ])("%s", (_name, url, expected) => {
    expect(concernedUnit(url)).toBe(expected);
  });
});
