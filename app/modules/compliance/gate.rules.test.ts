import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";
import {
  keysOf,
  SANCTION_RUNGS,
  SANCTION_STATES,
  type GateBlock,
  type GateCause,
  type SharingMethod,
  type UpdateCycle,
} from "~/kernel/vocabulary";
import type { WorkCalendar } from "~/kernel/work-calendar";

import { evidenceHref, sayBlocks, sayGateReason } from "./gate.refusals";
import { decideGate, isMoneyOpen } from "./gate.rules";
import type { GateFacts, GateLimits } from "./gate.types";

const on = localDate;
/** a Monday */
const TODAY = on("2026-07-20");
const CALENDAR: WorkCalendar = { days: new Map(), years: new Set([2026]) };
const LIMITS: GateLimits = {
  testedFromLevel: 3,
  staleCycles: 1,
  connectDays: 30,
  blocks: {
    systemNotInventoried: ["maintenance"],
    promiseNotPublished: ["money"],
    resourceStale: ["money"],
    resourceNotConnected: ["money"],
    demandUnanswered: ["money"],
    demandUndelivered: ["money"],
    mlpsInvalid: ["money", "newSystems"],
    cryptoInvalid: ["money", "newSystems"],
    recollection: ["money", "newSystems"],
    sanctionOpen: ["money", "newSystems"],
  },
};
const QUIET: GateFacts = {
  uninventoried: [],
  unpublished: [],
  published: [],
  duties: [],
  systems: [],
  sanctions: [],
  recollections: [],
  exemptions: [],
};
const codes = (facts: Partial<GateFacts>): GateCause[] =>
  decideGate({ ...QUIET, ...facts }, TODAY, CALENDAR, LIMITS).reasons.map(({ code }) => code);

const published = (updateCycle: UpdateCycle, lastUpdatedOn: string | null) => ({
  published: [
    {
      id: "r",
      name: "地下管线信息",
      updateCycle,
      lastUpdatedOn: lastUpdatedOn === null ? null : on(lastUpdatedOn),
      publishedOn: null,
      method: null,
      connected: false,
    },
  ],
});
const attached = (method: SharingMethod | null, publishedOn: string | null, connected = false) => ({
  published: [
    {
      id: "r",
      name: "地下管线信息",
      updateCycle: "irregular" as const,
      lastUpdatedOn: null,
      publishedOn: publishedOn === null ? null : on(publishedOn),
      method,
      connected,
    },
  ],
});
const recollected = (state: GateFacts["recollections"][number]["state"]) => ({
  recollections: [{ id: "c", state, resourceName: "人口基础信息", where: "村居走访登记表" }],
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
const sanction = (
  fromOn: string,
  liftedOn: string | null,
  more: Partial<Pick<GateFacts["sanctions"][number], "rung" | "state">> = {},
) => ({
  sanctions: [
    {
      id: "x",
      rung: "postpone" as const,
      state: "standing" as const,
      reason: "未按要求共享",
      fromOn: on(fromOn),
      liftedOn: liftedOn === null ? null : on(liftedOn),
      ...more,
    },
  ],
});

describe("the gate's reasons", () => {
  it.each<[string, Partial<GateFacts>, GateCause[]]>([
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
    ["by interface, on the last day to connect it", attached("interface", "2026-06-20"), []],
    ["by interface, the day after", attached("interface", "2026-06-19"), ["resourceNotConnected"]],
    ["by database, the day after", attached("database", "2026-06-19"), ["resourceNotConnected"]],
    ["by file nothing is connected", attached("file", "2026-01-01"), []],
    ["of no method nothing is connected", attached(null, "2026-01-01"), []],
    ["connected, however late", attached("interface", "2026-01-01", true), []],
    ["its connection was removed", attached("interface", "2026-01-01", false), ["resourceNotConnected"]],
    ["published on no known day", attached("interface", null), []],
    ["a recollection that waits for a second person", recollected("reported"), []],
    ["a confirmed recollection", recollected("standing"), ["recollection"]],
    ["a remedied recollection that nobody verified", recollected("remedied"), ["recollection"]],
    ["a settled recollection", recollected("settled"), []],
    ["a dismissed recollection", recollected("dismissed"), []],
    ["a sanction from today", sanction("2026-07-20", null), ["sanctionOpen"]],
    ["a sanction from tomorrow", sanction("2026-07-21", null), []],
    ["a sanction lifted today", sanction("2026-07-01", "2026-07-20"), []],
    ["a sanction to be lifted tomorrow", sanction("2026-07-01", "2026-07-21"), ["sanctionOpen"]],
  ])("%s", (_name, facts, expected) => {
    expect(codes(facts)).toEqual(expected);
  });

  it.each<[string, number, GateCause[]]>([
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
        published: [...published("monthly", "2026-01-01").published, ...attached("interface", "2026-01-01").published],
        ...recollected("standing"),
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
    expect(new Set(reasons.map(({ code }) => code))).toEqual(new Set(Object.keys(LIMITS.blocks)));
    for (const reason of reasons) {
      expect(sayGateReason(reason)).toContain(reason.evidence.name);
      expect(sayBlocks(reason)).toMatch(/^停办：/);
    }
    expect(sayBlocks({ blocks: [] })).toBe("");
    const ended = { code: "sanctionOpen", evidence: { name: "未共享。" }, facts: { rung: "postpone" } } as const;
    expect(sayGateReason(ended)).toContain("：未共享；解除后");
    expect(reasons.map(({ evidence }) => evidenceHref(evidence))).toEqual([
      "/projects/p",
      "/catalog/r",
      "/catalog/r",
      "/catalog/r",
      "/catalog/demands/d1",
      "/catalog/demands/d2",
      "/systems/s",
      "/systems/s",
      "/gates/recollections/c",
      "/sanctions/x",
    ]);
  });
});

describe("the ladder of sanctions", () => {
  const gateOf = (facts: Partial<GateFacts>) => decideGate({ ...QUIET, ...facts }, TODAY, CALENDAR, LIMITS);
  it.each(
    keysOf(SANCTION_RUNGS).map((rung) => [rung, rung === "rectify" || rung === "criticise" ? "notice" : "reason"]),
  )("%s is a %s", (rung, expected) => {
    const gate = gateOf(sanction("2026-07-01", null, { rung: rung }));
    expect([gate.reasons.length, gate.notices.length]).toEqual(expected === "reason" ? [1, 0] : [0, 1]);
    expect(gate.open).toBe(expected === "notice");
  });
  it.each(keysOf(SANCTION_STATES).map((state) => [state, state === "proposed" || state === "declined" ? 0 : 1]))(
    "%s, not lifted by a day: %d reasons",
    (state, expected) => {
      const found = gateOf(sanction("2026-07-01", null, { state: state })).reasons;
      expect(found).toHaveLength(expected);
    },
  );
});

describe("what each cause stops", () => {
  const CAUSES: Readonly<Record<GateCause, Partial<GateFacts>>> = {
    systemNotInventoried: { uninventoried: [{ id: "p", name: "智慧城管", acceptedOn: on("2026-01-10") }] },
    promiseNotPublished: { unpublished: [{ id: "r", name: "管线普查", acceptedOn: on("2026-01-10") }] },
    resourceStale: published("monthly", "2026-05-17"),
    resourceNotConnected: attached("interface", "2026-01-01"),
    demandUnanswered: duty({ answerDueOn: on("2026-07-19") }),
    demandUndelivered: duty({ state: "agreed", dueOn: on("2026-07-19") }),
    mlpsInvalid: system(2, test("mlps", "2026-07-20", { passed: false })),
    cryptoInvalid: system(2, test("crypto", "2026-07-20", { passed: false })),
    recollection: recollected("standing"),
    sanctionOpen: sanction("2026-07-01", null),
  };
  const upkeep = { nature: "maintenance", class: "maintenanceSoftware" } as const;
  const building = { nature: "new", class: "softwareSpecial" } as const;
  const stopped = (facts: Partial<GateFacts>, blocks: GateLimits["blocks"] = LIMITS.blocks) => {
    const gate = decideGate({ ...QUIET, ...facts }, TODAY, CALENDAR, { ...LIMITS, blocks });
    return {
      building: !isMoneyOpen(gate, building),
      upkeep: !isMoneyOpen(gate, upkeep),
      filing: gate.blocked.newSystems,
      open: gate.open,
    };
  };

  it.each<[GateCause, boolean, boolean]>([
    ["systemNotInventoried", false, false],
    ["promiseNotPublished", true, false],
    ["resourceStale", true, false],
    ["resourceNotConnected", true, false],
    ["demandUnanswered", true, false],
    ["demandUndelivered", true, false],
    ["mlpsInvalid", true, true],
    ["cryptoInvalid", true, true],
    ["recollection", true, true],
    ["sanctionOpen", true, true],
  ])("%s: money for what is built %s, new filings %s, and always the money for upkeep", (cause, money, filing) => {
    expect(stopped(CAUSES[cause])).toEqual({ building: money, upkeep: true, filing, open: false });
  });

  it("is what the figures say: a cause that stops nothing leaves the gate open and stays visible", () => {
    const none = Object.fromEntries(Object.keys(LIMITS.blocks).map((cause) => [cause, []])) as unknown as Readonly<
      Record<GateCause, GateBlock[]>
    >;
    expect(stopped(CAUSES.mlpsInvalid, none)).toEqual({ building: false, upkeep: false, filing: false, open: true });
    const money = { ...LIMITS.blocks, systemNotInventoried: ["money"] as const };
    expect(stopped(CAUSES.systemNotInventoried, money)).toMatchObject({ building: true, upkeep: true });
  });

  it("upkeep is known by its nature or its class", () => {
    const gate = { blocked: { money: false, maintenance: true, newSystems: false } };
    expect(isMoneyOpen(gate, { nature: "maintenance", class: "softwareSpecial" })).toBe(false);
    expect(isMoneyOpen(gate, { nature: "service", class: "maintenanceInfrastructure" })).toBe(false);
    expect(isMoneyOpen(gate, { nature: "service", class: null })).toBe(true);
  });
});

describe("the gate", () => {
  const exemption: GateFacts["exemptions"][number] = {
    id: "e",
    state: "approved",
    reason: "应急建设",
    fileId: "f",
    requestedBy: "a",
    signedBy: "b",
    approvedBy: "c",
    fromOn: TODAY,
    untilOn: TODAY,
    revokedOn: null,
  };
  const closed = { ...QUIET, ...sanction("2026-07-01", null) };
  const exempted = (more: Partial<typeof exemption> = {}, facts: GateFacts = closed) => ({
    ...facts,
    exemptions: [{ ...exemption, ...more }],
  });
  const OPEN = { open: true, exempt: true };
  const CLOSED = { open: false, exempt: false };
  it.each<[string, GateFacts, { open: boolean; exempt: boolean }]>([
    ["open without a reason", QUIET, { open: true, exempt: false }],
    ["closed with one", closed, CLOSED],
    ["opened by an exemption on its only day", exempted(), OPEN],
    ["opened on its first day", exempted({ untilOn: on("2026-12-31") }), OPEN],
    ["opened on its last day", exempted({ fromOn: on("2026-01-01") }), OPEN],
    ["not before it begins", exempted({ fromOn: on("2026-07-21"), untilOn: on("2026-12-31") }), CLOSED],
    ["not after it ended", exempted({ fromOn: on("2026-07-01"), untilOn: on("2026-07-19") }), CLOSED],
    ["not by one that is not approved", exempted({ state: "open", approvedBy: null }), CLOSED],
    ["not by one that was refused", exempted({ state: "refused" }), CLOSED],
    ["not by one that nobody signed", exempted({ signedBy: null }), CLOSED],
    ["not by one approved by who asked for it", exempted({ approvedBy: "a" }), CLOSED],
    ["not by one approved by who signed it", exempted({ approvedBy: "b" }), CLOSED],
    ["not by one signed by who asked for it", exempted({ signedBy: "a" }), CLOSED],
    ["not by one without paper", exempted({ fileId: null }), CLOSED],
    ["not by one without a reason", exempted({ reason: " " }), CLOSED],
    ["opened until the day before it is revoked", exempted({ state: "revoked", revokedOn: on("2026-07-21") }), OPEN],
    ["not from the day on which it was revoked", exempted({ state: "revoked", revokedOn: TODAY }), CLOSED],
  ])("is %s", (_name, facts, { open, exempt }) => {
    const gate = decideGate(facts, TODAY, CALENDAR, LIMITS);
    expect({ open: gate.open, exempt: gate.exemption !== null }).toEqual({ open, exempt });
    expect(gate.reasons.map(({ code }) => code)).toEqual(facts.sanctions.length > 0 ? ["sanctionOpen"] : []);
  });

  it("stays closed for new systems while it is exempted for money", () => {
    const gate = decideGate(exempted(), TODAY, CALENDAR, LIMITS);
    expect(gate.blocked).toEqual({ money: false, maintenance: false, newSystems: true });
  });

  it.each(["halt", "terminate"] as const)("no exemption helps against %s", (rung) => {
    const facts = { ...QUIET, ...sanction("2026-07-01", null, { rung }) };
    expect(decideGate(exempted({}, facts), TODAY, CALENDAR, LIMITS).open).toBe(false);
  });
});
