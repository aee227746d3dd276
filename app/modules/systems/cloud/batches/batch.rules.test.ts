import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";

import { toPlace, toRemove, type Placeable } from "./batch.rules";

const today = localDate("2026-07-20");
const system: Placeable = { name: "收费系统", retiredOn: null, scope: "in", batchId: null };

describe("toPlace", () => {
  it.each<[string, Partial<Placeable>, string]>([
    ["in scope, in no batch", {}, "placed"],
    ["in another batch", { batchId: "b" }, "placed"],
    ["in this batch already", { batchId: "a" }, "left"],
    ["special", { scope: "special" }, "placed"],
    ["out of scope", { scope: "out" }, "notPlaceable"],
    ["retired today", { retiredOn: today }, "notPlaceable"],
    ["retires tomorrow", { retiredOn: localDate("2026-07-21") }, "placed"],
  ])("%s", (_name, more, expected) => {
    const result = toPlace([{ ...system, ...more }], "a", today);
    if (!result.ok) expect(result.refusals[0]?.code).toBe(expected);
    else expect(result.value.length === 1 ? "placed" : "left").toBe(expected);
  });
});

describe("toRemove", () => {
  it.each<[string, string | null, boolean]>([
    ["in the batch", "a", true],
    ["in another one", "b", false],
    ["in none", null, false],
  ])("%s", (_name, batchId, ok) => {
    expect(toRemove([{ ...system, batchId }], "a").ok).toBe(ok);
  });
});
