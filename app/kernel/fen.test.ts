import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { fen, formatWan, formatYuan, parseAmount, sumFen, ZERO_FEN } from "./fen";

const MAX = Number.MAX_SAFE_INTEGER;

describe("fen", () => {
  it.each([0, -1, MAX, -MAX])("accepts the exact integer %d", (value) => expect(fen(value)).toBe(value));

  it.each([
    ["a fraction of a fen", 0.5],
    ["one beyond the exact integers", MAX + 1],
    ["not a number", NaN],
    ["infinity", Infinity],
  ])("refuses %s", (_name, value) => expect(() => fen(value)).toThrow(RangeError));
});

describe("sumFen", () => {
  it("is zero for no amounts", () => expect(sumFen([])).toBe(ZERO_FEN));
  it("adds positive and negative amounts", () => expect(sumFen([fen(10), fen(-3), fen(1)])).toBe(8));
  it("refuses a partial sum that is no longer exact, even when the total would be", () => {
    expect(() => sumFen([fen(MAX), fen(2), fen(-5)])).toThrow(RangeError);
  });
});

describe("parseAmount", () => {
  it.each([
    ["zero", "0", "yuan", 0],
    ["minus zero is zero", "-0", "yuan", 0],
    ["one fen", "0.01", "yuan", 1],
    ["one decimal of yuan", "1.5", "yuan", 150],
    ["thousands separators", "1,234,567.89", "yuan", 123456789],
    ["full-width digits, comma and point", "\uff11\uff0c\uff12\uff13\uff14\uff0e\uff15", "yuan", 123450],
    ["a yen sign and spaces", " ¥ 12.30 ", "yuan", 1230],
    ["full-width yen sign", "\uffe512", "yuan", 1200],
    ["a negative amount", "-3.21", "yuan", -321],
    ["yuan typed in a yuan field", "12元", "yuan", 1200],
    ["one fen in 万元", "0.000001", "wan", 1],
    ["万元 typed in a 万元 field", "119.73万元", "wan", 119730000],
    ["short 万", "3万", "wan", 3000000],
    ["万元 typed in a yuan field means 万元", "3万元", "yuan", 3000000],
    ["yuan typed in a 万元 field means yuan", "12元", "wan", 1200],
    ["zeros beyond a fen lose nothing", "1.2300", "yuan", 123],
    ["the largest yuan of twelve digits", "999,999,999,999.99", "yuan", 99_999_999_999_999],
    ["the largest exact amount", "9007199254.740991", "wan", MAX],
  ] as const)("reads %s", (_name, text, unit, expected) => expect(parseAmount(text, unit)).toBe(expected));

  it.each([
    ["nothing", "", "yuan"],
    ["only a unit", "元", "yuan"],
    ["finer than one fen in yuan", "0.001", "yuan"],
    ["finer than one fen in 万元", "0.0000001", "wan"],
    ["finer than one fen by its typed unit", "0.001元", "wan"],
    ["a comma that separates no thousands", "1,5", "yuan"],
    ["a leading comma", ",123", "yuan"],
    ["thirteen digits of yuan", "1000000000000", "yuan"],
    ["one fen beyond the exact integers", "9007199254.740992", "wan"],
    ["beyond the exact integers in 万元", "999999999999", "wan"],
    ["two points", "1.2.3", "yuan"],
    ["an exponent", "1e3", "yuan"],
    ["a formula", "=1+1", "yuan"],
    ["Chinese numerals", "三万元", "yuan"],
    ["a unit nobody agreed on", "1亿元", "yuan"],
  ] as const)("does not read %s", (_name, text, unit) => expect(parseAmount(text, unit)).toBeUndefined());
});

describe("formatWan", () => {
  it.each([
    ["zero", 0, 2, "0.00"],
    ["just under half a unit goes down", 4999, 2, "0.00"],
    ["exactly half goes up", 5000, 2, "0.01"],
    ["a negative half goes away from zero", -5000, 2, "-0.01"],
    ["a negative amount that rounds to zero has no sign", -4999, 2, "0.00"],
    ["rounding carries into the next thousand", 999_999_999, 2, "1,000.00"],
    ["thousands are separated", 123_456_789_012, 2, "123,456.79"],
    ["four decimals", 1_234_550, 4, "1.2346"],
    ["six decimals are exact", 1_234_567, 6, "1.234567"],
    ["the largest amount keeps its last fen", MAX, 6, "9,007,199,254.740991"],
  ] as const)("%s", (_name, amount, digits, expected) => expect(formatWan(fen(amount), digits)).toBe(expected));
});

describe("formatYuan", () => {
  it.each([
    ["one fen", 1, "0.01"],
    ["a negative fen", -1, "-0.01"],
    ["thousands are separated", 100_000_000, "1,000,000.00"],
    ["an odd amount above 2^52 keeps its last fen", 2 ** 52 + 1, "45,035,996,273,704.97"],
  ])("%s", (_name, amount, expected) => expect(formatYuan(fen(amount))).toBe(expected));
});

const anyFen = fc.integer({ min: -(10 ** 13), max: 10 ** 13 }).map(fen);

describe("for any amount", () => {
  it("what is shown in yuan reads back as the same fen", () => {
    fc.assert(fc.property(anyFen, (amount) => parseAmount(formatYuan(amount), "yuan") === amount + 0));
  });
  it("what is shown in 万元 with six decimals reads back as the same fen", () => {
    fc.assert(fc.property(anyFen, (amount) => parseAmount(formatWan(amount, 6), "wan") === amount + 0));
  });
  it("two decimals of 万元 are never more than half a hundredth away", () => {
    fc.assert(
      fc.property(anyFen, (amount) => {
        const shown = parseAmount(formatWan(amount), "wan");
        return shown !== undefined && Math.abs(shown - amount) <= 5000;
      }),
    );
  });
});
