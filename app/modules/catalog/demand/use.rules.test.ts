import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";

import { refuseUse, usesOpenFrom, type WantedUse } from "./use.rules";

const on = localDate;

describe("usesOpenFrom: a month stays open for ten days after its end", () => {
  it.each([
    ["the last day of a month", "2026-06-30", "2026-06-01"],
    ["the first day of the next", "2026-07-01", "2026-06-01"],
    ["the tenth", "2026-07-10", "2026-06-01"],
    ["the eleventh", "2026-07-11", "2026-07-01"],
    ["over the new year", "2027-01-10", "2026-12-01"],
  ])("%s", (_name, today, expected) => {
    expect(usesOpenFrom(on(today), 10)).toBe(expected);
  });
});

describe("refuseUse", () => {
  const today = on("2026-07-20");
  const openFrom = on("2026-07-01");
  const resource: WantedUse["resource"] = {
    unitId: "provider",
    state: "published",
    sharingType: "conditional",
    publishedOn: on("2026-01-05"),
  };
  const demand = { deliveredOn: on("2026-07-06"), usedFromOn: on("2026-07-08"), usedUntilOn: on("2026-07-15") };
  const use: WantedUse = { unitId: "own", usedOn: on("2026-07-10"), resource, demand };
  const free: WantedUse["resource"] = { ...resource, sharingType: "unconditional" };

  it.each<[string, Partial<WantedUse>, string[]]>([
    ["with a delivered demand", {}, []],
    ["conditional, without a demand", { demand: null }, ["noRightToUse"]],
    ["unconditional, without a demand", { demand: null, resource: free }, []],
    ["unconditional, but suspended", { demand: null, resource: { ...free, state: "suspended" } }, ["noRightToUse"]],
    ["one's own data", { unitId: "provider" }, ["ownData"]],
    ["today", { usedOn: today, demand: null, resource: free }, []],
    ["tomorrow", { usedOn: on("2026-07-21"), demand: null, resource: free }, ["usedInFuture"]],
    ["the first open day", { usedOn: openFrom, demand: null, resource: free }, []],
    ["the day before", { usedOn: on("2026-06-30"), demand: null, resource: free }, ["monthClosed"]],
    ["the first day of the period", { usedOn: on("2026-07-08") }, []],
    ["before the period, though delivered", { usedOn: on("2026-07-07") }, ["usedOutsidePeriod"]],
    ["the last day of the period", { usedOn: on("2026-07-15") }, []],
    ["after the period", { usedOn: on("2026-07-16") }, ["usedOutsidePeriod"]],
    [
      "before the delivery, when the period names no beginning",
      { usedOn: on("2026-07-05"), demand: { ...demand, usedFromOn: null } },
      ["usedOutsidePeriod"],
    ],
    ["no end named", { usedOn: today, demand: { ...demand, usedUntilOn: null } }, []],
    [
      "before the publication",
      { demand: null, resource: { ...free, publishedOn: on("2026-07-11") } },
      ["usedOutsidePeriod"],
    ],
  ])("%s", (_name, more, expected) => {
    expect(refuseUse({ ...use, ...more }, today, openFrom).map(({ code }) => code)).toEqual(expected);
  });
});
