import { describe, expect, it } from "vitest";

import { subjectHref } from "./subject-link";

const subject = (subjectType: string, report: { of: string; period: string } | null = null) => ({
  subjectType,
  subjectId: "id",
  reportOf: report?.of ?? null,
  reportPeriod: report?.period ?? null,
});

describe("where a record is shown", () => {
  it.each([
    ["a project", subject("project"), "/projects/id"],
    ["a report, under its project", subject("report", { of: "p", period: "2026-06" }), "/projects/p/reports/2026-06"],
    ["a report that is gone", subject("report"), undefined],
    ["a ledger task", subject("ledgerTask"), "/tasks/id"],
    ["a score that a person gave", subject("manualScore"), undefined],
  ])("%s", (_name, record, href) => {
    expect(subjectHref(record)).toBe(href);
  });
});
