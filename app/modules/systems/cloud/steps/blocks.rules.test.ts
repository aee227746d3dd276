import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";
import { CLOUD_STEPS, type BlockReason } from "~/kernel/vocabulary";

import { decideBlock } from "./blocks.rules";

const kept = (count: number) =>
  CLOUD_STEPS.slice(0, count).map((step) => ({ step, completedOn: localDate("2026-07-01"), rolledBackOn: null }));
const state = (count: number, more = {}) => ({
  steps: kept(count),
  outOfScope: false,
  retired: false,
  blocked: false,
  today: localDate("2026-07-20"),
  ...more,
});

describe("decideBlock", () => {
  it.each<[string, ReturnType<typeof state>, BlockReason, string, string]>([
    ["of an untouched system: the first step", state(0), "fundsMissing", "2026-07-20", "方案编制"],
    ["after three: the fourth", state(3), "resourcesShort", "2026-01-01", "资源开通"],
    ["since tomorrow", state(3), "resourcesShort", "2026-07-21", "sinceInFuture"],
    ["all seven done", state(7), "other", "2026-07-20", "allStepsDone"],
    ["blocked already", state(3, { blocked: true }), "other", "2026-07-20", "alreadyBlocked"],
    ["retired", state(3, { retired: true }), "other", "2026-07-20", "systemRetired"],
    ["out of scope", state(3, { outOfScope: true }), "other", "2026-07-20", "outOfScope"],
    ["a failed test before the test", state(4), "securityTestFailed", "2026-07-20", "reasonOfTestOnly"],
    ["a failed test at the test", state(5), "securityTestFailed", "2026-07-20", "安全检测"],
  ])("%s", (_name, before, blockReason, since, expected) => {
    const result = decideBlock(before, { blockReason, sinceOn: localDate(since) });
    expect(result.ok ? result.value : result.refusals[0]?.code).toBe(expected);
  });

  it("blocks the step that was rolled back, not what came after it", () => {
    const steps = kept(5).map((step, index) => (index < 3 ? step : { ...step, rolledBackOn: localDate("2026-07-10") }));
    const told = { blockReason: "other" as const, sinceOn: localDate("2026-07-11") };
    expect(decideBlock({ ...state(0), steps }, told)).toEqual({ ok: true, value: "资源开通" });
  });
});
