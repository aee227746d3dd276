import { describe, expect, it } from "vitest";

import type { Light, ReportStatus } from "~/kernel/vocabulary";

import { decideExplanation, explicable } from "./explanation.rules";

describe("explicable", () => {
  it.each<[string, ReportStatus, Light | null, string[]]>([
    ["on time and green: nothing", "onTime", "green", []],
    ["on time, yellow: the light", "onTime", "yellow", ["light"]],
    ["late and green: that it came late", "late", "green", ["late"]],
    ["late and red: both", "late", "red", ["late", "light"]],
    ["missing, so without a light", "missing", null, ["missing"]],
    ["not due, nothing judged", "notDue", null, []],
    [
      "missing again after a correction was never sent cannot be; what is judged can",
      "missing",
      "yellow",
      ["missing", "light"],
    ],
  ])("%s", (_name, status, light, expected) => {
    expect(explicable({ status, light })).toEqual(expected);
  });
});

describe("decideExplanation", () => {
  const facts = { status: "late", light: "yellow" } as const;
  const before = [{ about: "late", text: "签批人外出" }] as const;
  it.each([
    ["about a fact", { about: "light", text: "接口联调推迟" }, undefined],
    ["another word about the same fact", { about: "late", text: "补充：已改由他人代签" }, undefined],
    ["the same words about another fact", { about: "light", text: "签批人外出" }, undefined],
    ["the same words about the same fact", { about: "late", text: "签批人外出" }, "explanationKnown"],
    ["about what is no fact", { about: "missing", text: "系统故障" }, "nothingToExplain"],
  ] as const)("%s", (_name, said, refusal) => {
    const decision = decideExplanation(facts, said, before);
    expect(decision.ok ? undefined : decision.refusals[0]?.code).toBe(refusal);
  });
});
