import { describe, expect, it } from "vitest";

import { initialsOf } from "~/platform/initials.server";

import { NameInitials } from "./name-initials.server";

describe("the initials of many names", () => {
  const initials = new NameInitials();

  it.each([
    ["numbered", "供水设施第12片区压力信息"],
    ["with characters of several readings around letters", "重庆1重量A银行2行长"],
    ["of letters only", "GIS3D"],
    ["with a proverb across a comma", "不怕一万，就怕万一"],
    ["in full width", "ＡＢ１数据"],
    ["with signs that fold to letters", "K\u212A数据\u0130"],
    ["of nothing", ""],
  ])("%s are those of the name alone", (_, name) => {
    expect(initials.of(name)).toBe(initialsOf(name));
    expect(initials.of(name)).toBe(initialsOf(name));
  });

  it("are those of the name alone, whatever stands together", () => {
    const signs = [
      ..."重行长乐曾单解朴仇区查盖会都大发觉更朝藏传得地着了中种数量间水银卡拉",
      "1",
      "23",
      "A",
      "ok",
      "，",
      "é",
      " ",
      "𠀀",
    ];
    let state = 7;
    const below = (limit: number): number => (state = (state * 48_271) % 2_147_483_647) % limit;
    for (let trial = 0; trial < 3_000; trial++) {
      const name = Array.from({ length: 2 + below(10) }, () => signs[below(signs.length)]).join("");
      expect(initials.of(name), name).toBe(initialsOf(name));
    }
  });
});
