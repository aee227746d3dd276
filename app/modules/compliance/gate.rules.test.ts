import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";
import type { UpdateCycle } from "~/kernel/vocabulary";
import type { WorkCalendar } from "~/kernel/work-calendar";

import { evidenceHref, sayGateReason } from "./gate.refusals";
import { decideGate, type GateCode, type GateFacts, type GateLimits } from "./gate.rules";

const on = localDate;
/** a Monday */
const TODAY = on("2026-07-20");
const CALENDAR: WorkCalendar = { days: new Map(), years: new Set([2026]) };
const LIMITS: GateLimits = { testedFromLevel: 3, staleCycles: 1 };
const QUIET: GateFacts = {
  uninventoried: [],
  unpublished: [],
  published: [],
  duties: [],
  systems: [],
  sanctions: [],
  exemptions: [],
};
const codes = (facts: Partial<GateFacts>): GateCode[] =>
  decideGate({ ...QUIET, ...facts }, TODAY, CALENDAR, LIMITS).reasons.map(({ code }) => code);

const published = (updateCycle: UpdateCycle, lastUpdatedOn: string | null) => ({
  published: [
    { id: "r", name: "地下管线信息", updateCycle, lastUpdatedOn: lastUpdatedOn === null ? null : on(lastUpdatedOn) },
  ],
});
const duty = (more: Partial<GateFacts["duties"][number]>) => ({
  duties: [{ id: "d", wanted: "不动产登记信息", state: "checked" as const, answerDueOn: null, dueOn: null, ...more }],
});
const test = (kind: "mlps" | "crypto", validUntil: string, more: { passed?: boolean; testedOn?: string } = {}) => ({
  kind,
  passed: more.passed ?? true,
  testedOn: on(more.testedOn ?? "2025-07-21"),
  validUntil: on(validUntil),
});
const system = (mlpsLevel: number | null, ...tests: ReturnType<typeof test>[]) => ({
  systems: [{ id: "s", name: "国土空间系统", mlpsLevel, tests }],
});
const sanction = (fromOn: string, liftedOn: string | null) => ({
  sanctions: [
    { id: "x", reason: "未按要求共享", fromOn: on(fromOn), liftedOn: liftedOn === null ? null : on(liftedOn) },
  ],
});

describe("the gate's reasons", () => {
  it.each<[string, Partial<GateFacts>, GateCode[]]>([
    ["a quiet unit has none", {}, []],
    [
      "an accepted project's system is not in the inventory",
      { uninventoried: [{ id: "p", name: "智慧城管", acceptedOn: on("2026-01-10") }] },
      ["systemNotInventoried"],
    ],
    [
      "a promised resource of an accepted project is not published",
      { unpublished: [{ id: "r", name: "管线普查", acceptedOn: on("2026-01-10") }] },
      ["promiseNotPublished"],
    ],
    ["monthly, on the last day of the second cycle", published("monthly", "2026-05-20"), []],
    ["monthly, the second cycle ends on a Saturday: until Monday", published("monthly", "2026-05-18"), []],
    ["monthly, the second cycle ended last Friday", published("monthly", "2026-05-17"), ["resourceStale"]],
    ["daily, updated on Thursday: two working days", published("daily", "2026-07-16"), []],
    ["daily, updated on Wednesday: three working days", published("daily", "2026-07-15"), ["resourceStale"]],
    ["irregular never goes stale", published("irregular", "2020-01-01"), []],
    ["published but never updated nor dated", published("daily", null), []],
    ["an answer due today", duty({ answerDueOn: TODAY }), []],
    ["an answer due yesterday", duty({ answerDueOn: on("2026-07-19") }), ["demandUnanswered"]],
    ["an answer without a limit yet", duty({}), []],
    ["a delivery due yesterday", duty({ state: "agreed", dueOn: on("2026-07-19") }), ["demandUndelivered"]],
    ["agreed in time, delivery not due", duty({ state: "agreed", answerDueOn: on("2026-06-01"), dueOn: TODAY }), []],
    ["delivered, however late", duty({ state: "delivered", dueOn: on("2026-01-01") }), []],
    ["level 3 without any test", system(3), ["mlpsInvalid", "cryptoInvalid"]],
    ["level 2 without any test", system(2), []],
    ["level not set", system(null), []],
    ["level 3, both valid until today", system(3, test("mlps", "2026-07-20"), test("crypto", "2026-07-20")), []],
    [
      "level 3, MLPS expired yesterday",
      system(3, test("mlps", "2026-07-19"), test("crypto", "2026-07-20")),
      ["mlpsInvalid"],
    ],
    ["level 2, MLPS expired", system(2, test("mlps", "2026-07-19")), []],
    ["level 2, MLPS failed", system(2, test("mlps", "2026-07-20", { passed: false })), ["mlpsInvalid"]],
    [
      "a failed test that was passed since",
      system(
        2,
        test("crypto", "2026-07-20", { passed: false }),
        test("crypto", "2027-01-01", { testedOn: "2026-03-01" }),
      ),
      [],
    ],
    ["a sanction from today", sanction("2026-07-20", null), ["sanctionOpen"]],
    ["a sanction from tomorrow", sanction("2026-07-21", null), []],
    ["a sanction lifted today", sanction("2026-07-01", "2026-07-20"), []],
    ["a sanction to be lifted tomorrow", sanction("2026-07-01", "2026-07-21"), ["sanctionOpen"]],
  ])("%s", (_name, facts, expected) => {
    expect(codes(facts)).toEqual(expected);
  });

  it.each<[string, number, GateCode[]]>([
    ["a late update closes at once without a cycle of grace", 0, ["resourceStale"]],
    ["the day after the due day is within one cycle", 1, []],
  ])("%s", (_name, staleCycles, expected) => {
    const facts = { ...QUIET, ...published("monthly", "2026-06-17") };
    const gate = decideGate(facts, TODAY, CALENDAR, { ...LIMITS, staleCycles });
    expect(gate.reasons.map(({ code }) => code)).toEqual(expected);
  });

  it.each<[string, number, number]>([
    ["level 2 needs tests when they are due from level 2", 2, 2],
    ["level 2 needs none when they are due from level 3", 3, 0],
  ])("%s", (_name, testedFromLevel, expected) => {
    const gate = decideGate({ ...QUIET, ...system(2) }, TODAY, CALENDAR, { ...LIMITS, testedFromLevel });
    expect(gate.reasons).toHaveLength(expected);
  });

  it("each has a sentence with its record's name", () => {
    const { reasons } = decideGate(
      {
        ...QUIET,
        uninventoried: [{ id: "p", name: "智慧城管", acceptedOn: on("2026-01-10") }],
        unpublished: [{ id: "r", name: "管线普查", acceptedOn: on("2026-01-10") }],
        ...published("monthly", "2026-01-01"),
        duties: [
          { id: "d1", wanted: "甲数据", state: "checked", answerDueOn: on("2026-07-01"), dueOn: null },
          { id: "d2", wanted: "乙数据", state: "agreed", answerDueOn: null, dueOn: on("2026-07-01") },
        ],
        ...system(3),
        ...sanction("2026-07-01", null),
      },
      TODAY,
      CALENDAR,
      LIMITS,
    );
    expect(new Set(reasons.map(({ code }) => code)).size).toBe(8);
    for (const reason of reasons) expect(sayGateReason(reason)).toContain(reason.evidence.name);
    expect(reasons.map(({ evidence }) => evidenceHref(evidence))).toEqual([
      "/projects/p",
      "/catalog/r",
      "/catalog/r",
      "/catalog/demands/d1",
      "/catalog/demands/d2",
      "/systems/s",
      "/systems/s",
      null,
    ]);
  });
});

describe("the gate", () => {
  const exemption = { reason: "应急建设", requestedBy: "a", approvedBy: "b", fromOn: TODAY, untilOn: TODAY };
  const closed = { ...QUIET, ...sanction("2026-07-01", null) };
  it.each<[string, GateFacts, { open: boolean; exempt: boolean }]>([
    ["open without a reason", QUIET, { open: true, exempt: false }],
    ["closed with one", closed, { open: false, exempt: false }],
    ["opened by an exemption on its only day", { ...closed, exemptions: [exemption] }, { open: true, exempt: true }],
    [
      "not by one that is not approved",
      { ...closed, exemptions: [{ ...exemption, approvedBy: null }] },
      { open: false, exempt: false },
    ],
    [
      "not by one approved by who asked for it",
      { ...closed, exemptions: [{ ...exemption, approvedBy: "a" }] },
      { open: false, exempt: false },
    ],
    [
      "not before it begins",
      { ...closed, exemptions: [{ ...exemption, fromOn: on("2026-07-21") }] },
      { open: false, exempt: false },
    ],
    [
      "not after it ended",
      { ...closed, exemptions: [{ ...exemption, fromOn: on("2026-07-01"), untilOn: on("2026-07-19") }] },
      { open: false, exempt: false },
    ],
  ])("is %s", (_name, facts, { open, exempt }) => {
    const gate = decideGate(facts, TODAY, CALENDAR, LIMITS);
    expect({ open: gate.open, exempt: gate.exemption !== null }).toEqual({ open, exempt });
    expect(gate.reasons.map(({ code }) => code)).toEqual(facts.sanctions.length > 0 ? ["sanctionOpen"] : []);
  });
});
