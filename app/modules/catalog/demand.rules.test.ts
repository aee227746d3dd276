import { describe, expect, it } from "vitest";

import { admitDemand } from "./demand.rules";

const existing = [{ providerUnitId: "water", wanted: "河道水位信息" }];

describe("admitDemand", () => {
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
