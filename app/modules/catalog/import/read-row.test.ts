import { describe, expect, it } from "vitest";

import { RowReader } from "./read-row.server";

const reader = new RowReader({
  categories: [
    { value: "103002", label: "自然资源和空间地理 / 地下空间与管网" },
    { value: "301001", label: "民政 / 业务数据" },
    { value: "302001", label: "财政 / 业务数据" },
  ],
  basicDatabases: [{ value: "population", label: "人口" }],
  systems: [{ value: "5b0c6a52-5a3e-4b4e-8f0e-0d6c7a1b2c3d", label: "智慧管网系统" }],
});
const ROW: Readonly<Record<string, string>> = {
  name: "供水管网信息",
  category: "地下空间与管网",
  summary: "全市供水管网情况",
  formatClass: "数据库",
  items: "编号、位置",
  sharingType: "无条件共享",
  method: "接口",
  updateCycle: "每月",
};
const read = (more: Readonly<Record<string, string>>) => {
  const row = { ...ROW, ...more };
  return reader.read((field) => row[field] ?? "");
};

describe("a row is understood", () => {
  it.each<[string, Record<string, string>, object]>([
    ["a category by its code", { category: "103002" }, { categoryCode: "103002" }],
    ["a category with the 项 above it", { category: "财政 / 业务数据" }, { categoryCode: "302001" }],
    ["full width and spaces", { updateCycle: " 每 月 " }, { updateCycle: "monthly" }],
    [
      "a concrete format",
      { formatClass: "xls", method: "" },
      { formatClass: "spreadsheet", formatType: "XLS", method: "file" },
    ],
    [
      "the first of several formats",
      { formatClass: "xls、xml、json", method: "" },
      { formatClass: "spreadsheet", formatType: "XLS" },
    ],
    [
      "a class by its type alone",
      { formatClass: "", formatType: "MySQL" },
      { formatClass: "database", formatType: "MySQL" },
    ],
    ["an interval within the day", { updateCycle: "每6分钟" }, { updateCycle: "realTime" }],
    ["open to everybody", { openToPublic: "无条件开放" }, { openToPublic: true }],
    ["not open when nothing is said", {}, { openToPublic: false, basicDatabaseCode: null, systemId: null }],
    ["the unit's own system", { system: "智慧管网系统" }, { systemId: "5b0c6a52-5a3e-4b4e-8f0e-0d6c7a1b2c3d" }],
    [
      "items with types",
      { items: "编号:字符型(20)*、管径:数值型" },
      {
        items: [
          { name: "编号", length: 20 },
          { name: "管径", dataType: "数值型" },
        ],
      },
    ],
  ])("%s", (_, more, expected) => {
    const row = read(more);
    expect(row.ok ? row.content : row.problems).toMatchObject(expected);
  });
});

describe("a row is refused at its columns, all at once", () => {
  it.each<[string, Record<string, string>, [string, string][]]>([
    ["no name", { name: "" }, [["name", "请填写资源名称"]]],
    ["a 目 that two 项 have", { category: "业务数据" }, [["category", "没有“业务数据”这个分类"]]],
    [
      "unknown words",
      { formatClass: "纸质", sharingType: "保密", updateCycle: "偶尔" },
      [
        ["formatClass", "不认识“纸质”"],
        ["sharingType", "不认识“保密”"],
        ["updateCycle", "不认识“偶尔”"],
      ],
    ],
    ["another unit's system", { system: "别家系统" }, [["system", "本单位系统清单中没有“别家系统”"]]],
    [
      "an endless text is quoted short",
      { updateCycle: "长".repeat(90) },
      [["updateCycle", `不认识“${"长".repeat(40)}…”`]],
    ],
  ])("%s", (_, more, expected) => {
    const row = read(more);
    const found = row.ok ? [] : row.problems.map(({ column, message }) => [column, message]);
    expect(found.map(([column]) => column)).toEqual(expected.map(([column]) => column));
    for (const [index, [, words]] of expected.entries()) expect(found[index]?.[1]).toContain(words);
  });
});
