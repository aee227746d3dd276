import { describe, expect, it } from "vitest";

import { itemsText, parseItems, resourceSchema, type ResourceItem } from "./resource.content";

const item = (name: string, more: Partial<ResourceItem> = {}): ResourceItem => ({
  name,
  dataType: "字符型",
  length: null,
  required: false,
  isKey: false,
  ...more,
});
const key = { isKey: true, required: true };

describe("parseItems", () => {
  it.each<[string, string, ResourceItem[]]>([
    ["empty", "", []],
    ["blanks are nothing", " 、 管径、、", [item("管径", key)]],
    ["bare names: the first names the record", "编号、位置", [item("编号", key), item("位置")]],
    [
      "every separator, full and half width",
      "编号*,管径，材质;埋深；年代\n坐标、状态",
      [item("编号", key), ...["管径", "材质", "埋深", "年代", "坐标", "状态"].map((name) => item(name))],
    ],
    [
      "type, length and marks",
      "管径:数值型(18)!、编号:字符型(64)*",
      [item("管径", { dataType: "数值型", length: 18, required: true }), item("编号", { length: 64, ...key })],
    ],
    [
      "full-width marks and parentheses",
      "编号：字符型（64）＊、建成日期：日期型！",
      [item("编号", { length: 64, ...key }), item("建成日期", { dataType: "日期型", required: true })],
    ],
    [
      "words of database tools; the comma of a precision separates nothing",
      "id:BIGINT*、金额:decimal(18,2)、备注:text",
      [
        item("id", { dataType: "整型", ...key }),
        item("金额", { dataType: "数值型", length: 18 }),
        item("备注", { dataType: "备注型" }),
      ],
    ],
    ["a word that is no type stays with the name", "时间段:起止*", [item("时间段:起止", key)]],
    ["a length of zero is kept for the rules to judge", "编号:字符型(0)*", [item("编号", { length: 0, ...key })]],
  ])("%s", (_name, text, expected) => {
    expect(parseItems(text)).toEqual(expected);
  });

  it("reads what itemsText writes", () => {
    const items = [
      item("编号", { length: 64, ...key }),
      item("面积", { dataType: "数值型", required: true }),
      item("备注"),
    ];
    expect(itemsText(items)).toBe("编号:字符型(64)*、面积:数值型!、备注:字符型");
    expect(parseItems(itemsText(items))).toEqual(items);
  });
});

describe("resourceSchema", () => {
  const least = {
    name: "供水管网基础信息",
    categoryCode: "101001",
    summary: "全市管网的基础信息",
    formatClass: "database",
    sharingType: "unconditional",
    updateCycle: "monthly",
  };
  it("fills what was left out and reads a form's ticks and blanks", () => {
    const read = resourceSchema.parse({
      ...least,
      method: "",
      systemId: "",
      openToPublic: "on",
      relatedCodes: "101001/000001、101001/000002 101001/000001",
      items: [
        { name: " 编号 ", length: "64", isKey: "on" },
        { name: "管径", dataType: "数值型", length: "" },
      ],
    });
    expect(read).toMatchObject({
      method: null,
      systemId: null,
      basicDatabaseCode: null,
      openToPublic: true,
      conditions: "",
      relatedCodes: ["101001/000001", "101001/000002"],
      items: [item("编号", { length: 64, isKey: true }), item("管径", { dataType: "数值型" })],
    });
  });
  it.each<[string, Record<string, unknown>, string]>([
    ["a category that ends above 目", { categoryCode: "101" }, "categoryCode"],
    ["a name of one character", { name: "水" }, "name"],
    ["an unknown data type", { items: [{ name: "编号", dataType: "汉字" }] }, "items.0.dataType"],
    ["a length that is no number", { items: [{ name: "编号", length: "长" }] }, "items.0.length"],
    ["a system that is no id", { systemId: "x" }, "systemId"],
  ])("refuses %s", (_name, more, path) => {
    const parsed = resourceSchema.safeParse({ ...least, ...more });
    expect(parsed.error?.issues.map((issue) => issue.path.join("."))).toEqual([path]);
  });
});
