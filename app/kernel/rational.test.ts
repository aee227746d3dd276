import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  add,
  compare,
  divide,
  maximum,
  minimum,
  multiply,
  parseRational,
  rational,
  RATIONAL_ONE,
  RATIONAL_ZERO,
  subtract,
  sum,
  toExact,
  toFixed,
} from "./rational";

describe("rational", () => {
  it.each([
    ["lowest terms", 6, 8, "3/4"],
    ["the sign goes to the numerator", 1, -2, "-1/2"],
    ["two minus signs cancel", -1, -2, "1/2"],
    ["zero is 0/1 whatever its denominator", 0, -7, "0"],
    ["a whole number", 12, 4, "3"],
  ])("%s", (_name, n, d, expected) => expect(toExact(rational(n, d))).toBe(expected));

  it("refuses a zero denominator", () => expect(() => rational(1, 0)).toThrow(RangeError));
  it("refuses a fractional numerator", () => expect(() => rational(0.5)).toThrow(RangeError));
  it("refuses to divide by zero", () => expect(() => divide(RATIONAL_ONE, RATIONAL_ZERO)).toThrow(RangeError));
  it("keeps the sign when dividing by a negative", () => {
    expect(toExact(divide(rational(1), rational(-3)))).toBe("-1/3");
  });
});

describe("parseRational", () => {
  it.each([
    ["a whole number", "12", "12"],
    ["a decimal that binary floats cannot hold", "0.1", "1/10"],
    ["a negative decimal below one", "-0.75", "-3/4"],
    ["a fraction", "10/12", "5/6"],
    ["a numeric column with trailing zeros", "45.0000", "45"],
    ["minus zero", "-0", "0"],
  ])("reads %s", (_name, text, expected) => expect(toExact(parseRational(text))).toBe(expected));

  it.each(["", ".5", "1.", "1e3", "1/0", "1/-2", " 1", "NaN", "\uff11\uff12"])("refuses %j", (text) => {
    expect(() => parseRational(text)).toThrow(RangeError);
  });
});

describe("toFixed", () => {
  it.each([
    ["just under half goes down", "0.0049", 2, "0.00"],
    ["half goes up", "0.005", 2, "0.01"],
    ["a negative half goes away from zero", "-0.005", 2, "-0.01"],
    ["a negative that rounds to zero has no sign", "-0.0049", 2, "0.00"],
    ["1.005, which binary floats round down", "1.005", 2, "1.01"],
    ["carries into the whole part", "89.995", 2, "90.00"],
    ["no decimals, no point", "2.5", 0, "3"],
    ["a third", "1/3", 4, "0.3333"],
    ["pads zeros", "7", 2, "7.00"],
  ])("%s", (_name, value, digits, expected) => expect(toFixed(parseRational(value), digits)).toBe(expected));
});

describe("order", () => {
  it("compares by value, not by size of the terms", () => {
    expect(compare(rational(1, 3), rational(33, 100))).toBe(1);
    expect(compare(rational(2, 6), rational(1, 3))).toBe(0);
    expect(compare(rational(-1), rational(1, 9))).toBe(-1);
  });
  it("minimum and maximum", () => {
    expect(minimum(rational(3, 2), RATIONAL_ONE)).toEqual(RATIONAL_ONE);
    expect(maximum(rational(3, 2), RATIONAL_ONE)).toEqual(rational(3, 2));
  });
  it("the sum of nothing is zero", () => expect(sum([])).toEqual(RATIONAL_ZERO));
  it("ten tenths are one", () => {
    expect(sum(Array.from({ length: 10 }, () => parseRational("0.1")))).toEqual(RATIONAL_ONE);
  });
});

const anyRational = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.bigInt({ min: 1n, max: 10n ** 12n }))
  .map(([n, d]) => rational(n, d));

describe("for any fractions", () => {
  it("exact text reads back as the same value", () => {
    fc.assert(fc.property(anyRational, (a) => void expect(parseRational(toExact(a))).toEqual(a)));
  });
  it("subtracting what was added gives the same bytes", () => {
    fc.assert(fc.property(anyRational, anyRational, (a, b) => void expect(subtract(add(a, b), b)).toEqual(a)));
  });
  it("a sum does not depend on its order", () => {
    fc.assert(
      fc.property(fc.array(anyRational, { maxLength: 6 }), (list) => {
        expect(sum([...list].reverse())).toEqual(sum(list));
      }),
    );
  });
  it("multiplication distributes over addition", () => {
    fc.assert(
      fc.property(anyRational, anyRational, anyRational, (a, b, c) => {
        expect(multiply(a, add(b, c))).toEqual(add(multiply(a, b), multiply(a, c)));
      }),
    );
  });
  it("rounding moves a value by at most half of the last digit", () => {
    fc.assert(
      fc.property(anyRational, fc.integer({ min: 0, max: 6 }), (a, digits) => {
        const error = subtract(parseRational(toFixed(a, digits)), a);
        const half = rational(1n, 2n * 10n ** BigInt(digits));
        expect(compare(maximum(error, subtract(RATIONAL_ZERO, error)), half)).toBeLessThanOrEqual(0);
      }),
    );
  });
});
