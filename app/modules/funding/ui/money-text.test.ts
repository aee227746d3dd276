import { describe, expect, it } from "vitest";

import { fen, parseAmount } from "~/kernel/fen";

import { rational } from "~/kernel/rational";

import { exactDigits, retypedText, shownPrice, typedText } from "./money-text";

describe("typedText", () => {
  it.each([
    ["nothing known", null, "wan", ""],
    ["nothing", 0, "wan", "0"],
    ["a whole hundred keeps its zeros", 100_000_000, "wan", "100"],
    ["one fen in 万元", 1, "wan", "0.000001"],
    ["a broken amount in yuan", 123_450, "yuan", "1,234.5"],
    ["whole yuan ending in zeros", 100_000, "yuan", "1,000"],
  ] as const)("%s", (_name, amount, unit, expected) => {
    const text = typedText(amount === null ? null : fen(amount), unit);
    expect(text).toBe(expected);
    if (amount !== null) expect(parseAmount(text, unit)).toBe(amount);
  });
});

describe("exactDigits", () => {
  it.each([
    ["nothing to show", [], 2],
    ["whole hundreds of yuan", [10_000, 250_000_000], 2],
    ["one amount with single yuan", [10_000, 100], 4],
    ["one amount with a fen", [10_000, 100, 1], 6],
  ] as const)("%s", (_name, amounts, expected) => {
    expect(exactDigits(amounts.map(fen))).toBe(expected);
  });
});

describe("retypedText", () => {
  it.each([
    ["万元 to yuan", "1.5", "wan", "yuan", "15,000"],
    ["yuan to 万元", "15,000.01", "yuan", "wan", "1.500001"],
    ["a unit that was typed wins", "3万", "yuan", "yuan", "30,000"],
    ["nothing stays nothing", "", "wan", "yuan", ""],
    ["what is no amount stays", "1,5", "wan", "yuan", "1,5"],
  ] as const)("%s", (_name, text, from, to, expected) => {
    expect(retypedText(text, from, to)).toBe(expected);
  });
});

describe("shownPrice", () => {
  it.each([
    ["a third of a fen down", rational(100, 3), 33],
    ["half a fen up", rational(67, 2), 34],
  ])("%s", (_name, price, expected) => {
    expect(shownPrice(price)).toBe(expected);
  });
});
