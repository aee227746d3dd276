import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";
import { DEMAND_STATES, keysOf, type DemandState } from "~/kernel/vocabulary";

import {
  admitDemand,
  answerLimit,
  citesBasis,
  isLate,
  refuseApplication,
  turnOf,
  type Application,
  type OpenDemand,
  type WantedResource,
} from "./demand.rules";

const on = localDate;

describe("admitDemand", () => {
  const existing = [{ providerUnitId: "water", wanted: "河道水位信息" }];
  it.each([
    ["another unit's data", "water", "雨量站点信息", "ok"],
    ["the same data of another unit", "weather", "河道水位信息", "ok"],
    ["the same data of the same unit", "water", "河道水位信息", "demandTwice"],
    ["one's own data", "own", "管网信息", "wantedFromOneself"],
    ["no provider known yet", null, "管网信息", "ok"],
  ])("%s", (_name, providerUnitId, wanted, expected) => {
    const result = admitDemand({ unitId: "own", providerUnitId, wanted }, existing);
    expect(result.ok ? "ok" : result.refusals[0]?.code).toBe(expected);
  });
});

describe("refuseApplication", () => {
  const today = on("2026-07-20");
  const application: Application = {
    unitId: "own",
    providerUnitId: "water",
    wanted: "河道水位信息",
    method: "interface",
    usedFromOn: on("2026-08-01"),
    usedUntilOn: on("2027-07-31"),
  };
  const levels: WantedResource = { id: "levels", state: "published", sharingType: "conditional", method: "interface" };
  const open: OpenDemand = { providerUnitId: "water", resourceId: null, wanted: "雨量站点信息" };

  it.each<[string, Partial<Application>, WantedResource | null, OpenDemand[], string[]]>([
    ["a published conditional resource", {}, levels, [open], []],
    ["a published unconditional resource", {}, { ...levels, sharingType: "unconditional" }, [], []],
    ["in words, from an expected provider", {}, null, [], []],
    ["in words, without a provider", { providerUnitId: null }, null, [], ["providerMissing"]],
    ["from oneself", { providerUnitId: "own" }, null, [], ["wantedFromOneself"]],
    ["a registered resource, not yet published", {}, { ...levels, state: "registered" }, [], ["resourceNotPublished"]],
    ["a suspended resource", {}, { ...levels, state: "suspended" }, [], ["resourceNotPublished"]],
    ["a resource the law keeps back", {}, { ...levels, sharingType: "none", method: null }, [], ["notShared"]],
    ["another method than offered", { method: "file" }, levels, [], ["methodNotOffered"]],
    ["an interface to a database", { method: "interface" }, { ...levels, method: "database" }, [], []],
    ["a database where an interface is offered", { method: "database" }, levels, [], ["methodNotOffered"]],
    ["one day of use", { usedUntilOn: on("2026-08-01") }, levels, [], []],
    ["an end before the beginning", { usedUntilOn: on("2026-07-31") }, levels, [], ["periodReversed"]],
    ["use that ends today", { usedFromOn: on("2026-07-01"), usedUntilOn: today }, levels, [], []],
    [
      "use that ended yesterday",
      { usedFromOn: on("2026-07-01"), usedUntilOn: on("2026-07-19") },
      levels,
      [],
      ["periodPast"],
    ],
    ["the same resource again", {}, levels, [{ ...open, resourceId: "levels" }], ["appliedTwice"]],
    ["another resource of the provider", {}, levels, [{ ...open, resourceId: "rain" }], []],
    ["the same words to the same provider", {}, null, [{ ...open, wanted: "河道水位信息" }], ["appliedTwice"]],
    [
      "the same words to another provider",
      {},
      null,
      [{ ...open, wanted: "河道水位信息", providerUnitId: "weather" }],
      [],
    ],
    [
      "several faults at once",
      { providerUnitId: "own", usedUntilOn: on("2026-07-31") },
      null,
      [],
      ["wantedFromOneself", "periodReversed"],
    ],
  ])("%s", (_name, more, resource, under, expected) => {
    const found = refuseApplication({ ...application, ...more }, resource, under, today);
    expect(found.map(({ code }) => code)).toEqual(expected);
  });
});

describe("answerLimit", () => {
  it.each([
    ["unconditional", "demand.answerUnconditionalWorkdays"],
    ["conditional", "demand.answerConditionalWorkdays"],
    ["none", "demand.answerConditionalWorkdays"],
    [null, "demand.answerConditionalWorkdays"],
  ] as const)("%s", (sharingType, expected) => {
    expect(answerLimit(sharingType)).toBe(expected);
  });
});

describe("citesBasis", () => {
  it.each([
    ["a law and its article", "《个人信息保护法》第十三条", true],
    ["a law alone", "《统计法》", true],
    ["a document number", "国发〔2016〕51号第九条", true],
    ["a document number in square brackets", "国发[2016]51号", true],
    ["an article of a rule named without marks", "保密条例第12条", true],
    ["empty title marks", "《》", false],
    ["an excuse", "目前不便提供", false],
    ["a year that is no number", "2016年以来均未提供", false],
    ["nothing", "", false],
    ["not asked", null, false],
  ])("%s", (_name, basis, expected) => {
    expect(citesBasis(basis)).toBe(expected);
  });
});

describe("turnOf", () => {
  const limits = { checkDueOn: on("2026-07-21"), answerDueOn: on("2026-07-22"), dueOn: on("2026-07-23") };
  const EXPECTED: Readonly<Record<DemandState, readonly [string, string | null] | null>> = {
    applied: ["requester", null],
    returned: ["requester", null],
    unitReviewed: ["bureau", "2026-07-21"],
    checked: ["provider", "2026-07-22"],
    refused: ["bureau", null],
    agreed: ["provider", "2026-07-23"],
    delivered: ["requester", null],
    ended: null,
    withdrawn: null,
  };
  it.each(keysOf(DEMAND_STATES))("%s", (state) => {
    const turn = turnOf({ state, ...limits });
    expect(turn && [turn.party, turn.dueOn]).toEqual(EXPECTED[state]);
  });
});

describe("isLate", () => {
  it.each([
    ["the day before", "2026-07-19", false],
    ["the last day", "2026-07-20", false],
    ["the day after", "2026-07-21", true],
  ])("%s", (_name, doneOn, expected) => {
    expect(isLate(on("2026-07-20"), on(doneOn))).toBe(expected);
  });
  it("without a limit nothing is late", () => {
    expect(isLate(null, on("2030-01-01"))).toBe(false);
  });
});
