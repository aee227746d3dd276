import { describe, expect, it } from "vitest";

import { addressOf } from "./subject-address";

describe("addressOf", () => {
  it.each([
    ["a project", "project", {}, "/projects/1"],
    [
      "a report, by its project and month",
      "report",
      { projectId: "7", period: "2026-06" },
      "/projects/7/reports/2026-06",
    ],
    ["a report whose event tells no project", "report", {}, undefined],
    ["a period, by its month", "assessmentPeriod", { period: "2026-06" }, "/ranking?period=2026-06"],
    ["an application for acceptance, by its project", "acceptance", { projectId: "7" }, "/projects/7/acceptance"],
    ["a thing without a page", "importBatch", {}, undefined],
  ])("%s", (_name, type, payload, expected) => {
    expect(addressOf({ type, id: "1", payload })).toBe(expected);
  });
});
