import { describe, expect, it } from "vitest";

import { comparedContent, comparedName, foldName, searchGrams } from "./names";

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
    ["pairs of characters", "协同办公", "协同 同办 办公"],
    ["the phase goes", "协同办公（一期）", "协同 同办 办公"],
    ["with its ordinal and kind", "协同办公第二期工程", "协同 同办 办公"],
    ["the year goes", "2026年度协同办公", "协同 同办 办公"],
    ["a number that is no year stays", "12345热线", "12 23 34 45 5热 热线"],
    ["full width is folded", "５Ｇ灯杆", "5g g灯 灯杆"],
    ["generic tails go, one after another", "协同办公管理系统升级改造项目", "协同 同办 办公"],
    ["a generic word at the head stays", "系统集成", "系统 统集 集成"],
    ["an adjective at the head goes", "智慧城管", "城管"],
    ["an adjective in the middle parts the words", "河长制智慧一体化管控平台", "河长 长制 管控"],
    ["what is left of a tail has two characters at least", "信息系统", "信息"],
    ["a name of one tail alone stays", "平台", "平台"],
    ["a name of adjectives alone stays", "智慧", "智慧"],
    ["a name that is only a phase stays", "一期工程", "1期 期工 工程"],
    ["one character beside an adjective keeps both", "数字县", "数字 字县"],
    ["one character", "甲", "甲"],
    ["nothing", "", ""],
  ])("%s", (_, name, expected) => expect(comparedName(name)).toBe(expected));
});

describe("comparedContent", () => {
  it("is both texts in one, folded", () =>
    expect(comparedContent("底数不清。", "建设 ＡＰＰ")).toBe("底数不清建设app"));
});

describe("searchGrams", () => {
  it.each<[string, string[], string[]]>([
    ["every pair once", ["管网管网"], ["管网", "网管"]],
    ["pairs do not span texts", ["甲乙", "丙丁"], ["甲乙", "丙丁"]],
    ["one character has no pair", ["甲"], []],
    ["codes and initials are folded", ["HS-26", "ZHGW"], ["hs", "s2", "26", "zh", "hg", "gw"]],
  ])("%s", (_, texts, expected) => expect(searchGrams(...texts)).toEqual(expected));
});
