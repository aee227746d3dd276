import { describe, expect, it } from "vitest";

import { hasBase, quantityOf, unitOf } from "./quantity";

describe("a figure as it is read", () => {
  it.each([
    ["amounts in 万元", "executionAgainstTime", "123456789", "123.46", "万元", true],
    ["counts as they are", "cloudRate", "12", "12", "个", true],
    ["occurrences have no base", "publicCriticism", "2", "2", "次", false],
    ["figures of the city", "city.projects", "34", "34", "个", false],
  ])("%s", (_name, measure, text, read, unit, base) => {
    expect([quantityOf(measure, text), unitOf(measure), hasBase(measure)]).toEqual([read, unit, base]);
  });
});
