import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { compare, parseRational, rational, toExact } from "~/kernel/rational";

import { judgePrice, medianOf, unitPriceOf } from "./price.rules";

const exact = (value: ReturnType<typeof rational> | undefined) => value && toExact(value);

describe("unitPriceOf", () => {
  it.each<[string, number, string, string | undefined]>([
    ["one piece", 200_000_000, "1.00", "200000000"],
    ["a price that is no whole fen stays exact", 100, "3.00", "100/3"],
    ["half a piece", 100, "0.50", "200"],
    ["cut to nothing", 0, "4.00", "0"],
    ["nothing counted has no price", 100, "0.00", undefined],
  ])("%s", (_name, amount, quantity, expected) => {
    expect(exact(unitPriceOf(amount, quantity))).toBe(expected);
  });
});

describe("medianOf", () => {
  it.each<[string, string[], string | undefined]>([
    ["no similar lines", [], undefined],
    ["one", ["7"], "7"],
    ["an odd number: the middle one", ["1", "5", "100"], "5"],
    ["an even number: the mean of the two in the middle", ["1", "5", "6", "100"], "11/2"],
    ["two", ["1/3", "2/3"], "1/2"],
    ["all alike", ["4", "4", "4", "4"], "4"],
  ])("%s", (_name, prices, expected) => {
    expect(exact(medianOf(prices.map(parseRational)))).toBe(expected);
  });

  it("of the middle one or two alone is the median of all", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1, maxLength: 40 }), (numbers) => {
        const all = numbers.sort((a, b) => a - b).map((n) => rational(n));
        const middle = all.slice(Math.ceil(all.length / 2) - 1, Math.floor(all.length / 2) + 1);
        expect(middle.length).toBe(all.length % 2 === 0 ? 2 : 1);
        expect(exact(medianOf(middle))).toBe(exact(medianOf(all)));
      }),
    );
  });
});

describe("judgePrice", () => {
  const limit = rational(20);
  it.each<[string, string | undefined, string | undefined, { deviation: string; isHigh: boolean } | undefined]>([
    ["at the median", "100", "100", { deviation: "0", isHigh: false }],
    ["exactly at the limit", "120", "100", { deviation: "20", isHigh: false }],
    ["a hair above the limit", "12001/100", "100", { deviation: "2001/100", isHigh: true }],
    ["one above the limit", "121", "100", { deviation: "21", isHigh: true }],
    ["below the median", "50", "100", { deviation: "-50", isHigh: false }],
    ["thirds are exact", "2/5", "1/3", { deviation: "20", isHigh: false }],
    ["no similar lines", "100", undefined, undefined],
    ["no price, because nothing is counted", undefined, "100", undefined],
  ])("%s", (_name, price, median, expected) => {
    const standing = judgePrice(
      price ? parseRational(price) : undefined,
      median ? parseRational(median) : undefined,
      limit,
    );
    expect(standing && { ...standing, deviation: toExact(standing.deviation) }).toEqual(expected);
  });

  it("is high exactly when the price is more than the median and its share", () => {
    const amount = fc.integer({ min: 1, max: 1_000_000 });
    fc.assert(
      fc.property(amount, amount, fc.integer({ min: 0, max: 100 }), (price, median, percent) => {
        const standing = judgePrice(rational(price), rational(median), rational(percent));
        expect(standing?.isHigh).toBe(compare(rational(price * 100), rational(median * (100 + percent))) > 0);
      }),
    );
  });
});
