import { describe, expect, it } from "vitest";

import type { LightReason } from "../progress.rules";

import { ruleOf, withRules } from "./light-rule";

const inForce = (code: string) => ({
  code,
  name: `规则 ${code}`,
  value: "20",
  unit: "百分点",
  inForceFrom: "2026-01-01",
});
const reason = (code: LightReason["code"], facts: LightReason["facts"] = {}): LightReason => ({ code, facts });

describe("withRules", () => {
  it.each<[LightReason["code"], string | undefined]>([
    ["lagRed", "light.redLagPoints"],
    ["lagYellow", "light.yellowLagPoints"],
    ["milestoneLongOverdue", "light.redOverdueDays"],
    ["milestoneOverdue", "light.redOverdueDays"],
    ["reportsMissing", "light.redMissingReports"],
    ["acceptanceOverdue", "acceptance.applyMonths"],
    ["madeUpAfterRed", undefined],
  ])("%s is set by %s", (code, figure) => {
    const [kept = reason(code)] = withRules([reason(code)], inForce);
    expect(ruleOf(kept)?.code).toBe(figure);
  });

  it("keeps what was in force beside the facts of the reason", () => {
    const [kept] = withRules([reason("lagRed", { lagPoints: "21.00", limitPoints: 20 })], inForce);
    expect(kept?.facts).toEqual({
      lagPoints: "21.00",
      limitPoints: 20,
      ruleCode: "light.redLagPoints",
      ruleName: "规则 light.redLagPoints",
      ruleValue: "20",
      ruleUnit: "百分点",
      ruleFrom: "2026-01-01",
    });
  });

  it("a light judged before rules were kept names none", () => {
    expect(ruleOf(reason("lagRed", { lagPoints: "21.00", limitPoints: 20 }))).toBeUndefined();
  });
});
