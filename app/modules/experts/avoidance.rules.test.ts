import { describe, expect, it } from "vitest";

import { conflictOf, type Conflict } from "./avoidance.rules";

const interested = {
  regionName: "鹤山市",
  unitNames: ["市自然资源局", "市国土资源局"],
  participants: ["市水利局", "各镇(街)政府", ""],
  suppliers: ["广东明德信息科技有限公司"],
};

describe("who cannot be invited", () => {
  it.each<[string, string, Conflict | undefined]>([
    ["employed by the applicant", "市自然资源局", "ownUnit"],
    ["the applicant by its full name", "鹤山市自然资源局", "ownUnit"],
    ["the applicant in full width and with spaces", "鹤山市　自然资源局 ", "ownUnit"],
    ["a centre of the applicant", "鹤山市自然资源局信息中心", "ownUnit"],
    ["the applicant by its earlier name", "市国土资源局", "ownUnit"],
    ["another city's bureau of the same name", "佛山市自然资源局", undefined],
    ["a participating unit", "鹤山市水利局", "participatingUnit"],
    ["an institute of a participating unit", "市水利局水文站", "participatingUnit"],
    ["a supplier, punctuation aside", "广东明德信息科技（有限公司）", "supplier"],
    ["a company whose name only begins alike", "广东明德信息", undefined],
    ["a university", "五邑大学", undefined],
    ["an empty participant stands for nobody", "五邑大学", undefined],
    ["no employer known", "", undefined],
  ])("%s: %s", (_name, employer, expected) => {
    expect(conflictOf(employer, interested)).toBe(expected);
  });
  it("names the nearest tie first", () => {
    expect(conflictOf("市水利局", { ...interested, unitNames: ["市水利局"] })).toBe("ownUnit");
  });
  it("does not take a region without a name for everybody's", () => {
    expect(conflictOf("市水利局", { ...interested, regionName: "", participants: [] })).toBeUndefined();
  });
});
