import { describe, expect, it } from "vitest";

import { isSameName, similarNames } from "./similar-names.rules";

const known = ["居民身份证", "居民户口簿", "法定代表人身份证明", "营业执照", "食品经营许可证"].map((name) => ({
  name,
}));

describe("isSameName", () => {
  it.each([
    ["the same", "营业执照", "营业执照", true],
    ["spaces and punctuation", " 营业执照（副本）", "营业执照 副本", true],
    ["width and case", "ＳＣ许可证", "sc许可证", true],
    ["one character more", "营业执照", "营业执照本", false],
  ])("%s", (_name, a, b, same) => expect(isSameName(a, b)).toBe(same));
});

describe("similarNames", () => {
  it.each([
    ["a part of a name finds the names that hold it", "身份证", ["居民身份证", "法定代表人身份证明"]],
    ["the same name comes alone when nothing else is like it", "营业执照", ["营业执照"]],
    ["half of the pairs is enough", "食品许可证", ["食品经营许可证"]],
    ["less than half is not", "食品检测报告", []],
    ["one character is like nothing", "证", []],
    ["nothing typed", "", []],
  ])("%s", (_name, typed, expected) => {
    expect(similarNames(typed, known).map(({ name }) => name)).toEqual(expected);
  });
  it("offers no more than eight", () => {
    const many = Array.from({ length: 12 }, (_, index) => ({ name: `许可证${index}` }));
    expect(similarNames("许可证", many)).toHaveLength(8);
  });
});
