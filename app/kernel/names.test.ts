import { describe, expect, it } from "vitest";

import { comparedName, foldName, searchGrams } from "./names";

describe("foldName", () => {
  it.each([
    ["full width and case", "ＡＰＰ 平台", "app平台"],
    ["spaces and punctuation", "智慧 管网（系统）", "智慧管网系统"],
    ["Chinese numerals of a phase", "城市大脑二期", "城市大脑2期"],
    ["numerals that count no phase stay", "一网统管", "一网统管"],
  ])("%s", (_, name, expected) => expect(foldName(name)).toBe(expected));
});

describe("comparedName", () => {
  it.each([
    ["the phase goes", "智慧城管（一期）", "智慧城管"],
    ["with its ordinal and kind", "智慧城管第二期工程", "智慧城管"],
    ["a period of years is no phase", "2026年学期管理系统", "2026年学期管理系统"],
    ["a name that is only a phase stays", "一期工程", "1期工程"],
  ])("%s", (_, name, expected) => expect(comparedName(name)).toBe(expected));
});

describe("searchGrams", () => {
  it.each<[string, string[], string[]]>([
    ["every pair once", ["管网管网"], ["管网", "网管"]],
    ["pairs do not span texts", ["甲乙", "丙丁"], ["甲乙", "丙丁"]],
    ["one character has no pair", ["甲"], []],
    ["codes and initials are folded", ["HS-26", "ZHGW"], ["hs", "s2", "26", "zh", "hg", "gw"]],
  ])("%s", (_, texts, expected) => expect(searchGrams(...texts)).toEqual(expected));
});
