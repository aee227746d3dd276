import { foldName } from "~/kernel/names";
import { describe, expect, it } from "vitest";

import { resourceProblems, splitItems, type ResourceEntry } from "./resource.rules";

const entry: ResourceEntry = {
  name: "供水管网基础信息",
  summary: "",
  formatClass: "database",
  sharingType: "unconditional",
  legalBasis: "",
  conditions: "",
  method: "interface",
  items: ["管段编号", "管径"],
};
const nothing = { siblings: [], systems: [] };
const codes = (more: Partial<ResourceEntry>, around: Parameters<typeof resourceProblems>[1] = nothing) =>
  resourceProblems({ ...entry, ...more }, around).map((problem) => problem.code);

describe("resourceProblems", () => {
  it.each<[string, Partial<ResourceEntry>, string[]]>([
    ["a complete entry", {}, []],
    ["not shared, no basis", { sharingType: "none", method: null }, ["noneWithoutBasis"]],
    [
      "not shared, basis cited: no method asked",
      { sharingType: "none", method: null, legalBasis: "《测绘法》第四十七条" },
      [],
    ],
    ["conditional, no conditions", { sharingType: "conditional" }, ["conditionalWithoutConditions"]],
    ["conditional with conditions", { sharingType: "conditional", conditions: "限防汛指挥使用" }, []],
    ["shared, no method", { method: null }, ["methodMissing"]],
    ["a database as file", { method: "file" }, ["methodNotForFormat"]],
    ["a database as database", { method: "database" }, []],
    ["a spreadsheet as file", { formatClass: "spreadsheet", method: "file" }, []],
    ["a spreadsheet as interface", { formatClass: "spreadsheet" }, ["methodNotForFormat"]],
    ["a service as database", { formatClass: "service", method: "database" }, ["methodNotForFormat"]],
    ["no items", { items: [] }, ["itemsMissing"]],
    ["one item twice", { items: ["管径", "管径"] }, ["itemTwice"]],
    ["several things at once", { sharingType: "none", method: null, items: [] }, ["noneWithoutBasis", "itemsMissing"]],
  ])("%s", (_name, more, expected) => {
    expect(codes(more)).toEqual(expected);
  });

  it.each<[string, string, string[], string[], string[]]>([
    ["the system's own name", "智慧管网系统", [], ["智慧管网系统"], ["systemName"]],
    [
      "differs from a sibling in spaces and punctuation only",
      "供水管网(基础)信息",
      ["供水管网基础信息"],
      [],
      ["nameTaken"],
    ],
    ["a running number after its neighbour", "管网信息2", ["管网信息1"], [], ["dragFillName"]],
    ["a running number after the bare stem", "管网信息1", ["管网信息"], [], ["dragFillName"]],
    ["a number without a neighbour", "管网信息3", ["管网信息1"], [], []],
    ["a year in the name", "管网普查成果2025年", ["管网普查成果2024年"], [], []],
  ])("%s", (_name, name, siblings, systems, expected) => {
    expect(codes({ name }, { siblings, systems })).toEqual(expected);
  });
});

describe("foldName and splitItems", () => {
  it.each([
    ["供水 管网(基础)信息", "供水管网基础信息"],
    ["GIS图层", "gis图层"],
  ])("%s → %s", (input, expected) => {
    expect(foldName(input)).toBe(expected);
  });

  it.each([
    [
      "every separator, full and half width",
      "管径、材质,埋深;年代\n坐标，高程；状态",
      ["管径", "材质", "埋深", "年代", "坐标", "高程", "状态"],
    ],
    ["blanks are nothing", " 、 管径、、", ["管径"]],
    ["empty", "", []],
  ])("%s", (_name, text, expected) => {
    expect(splitItems(text)).toEqual(expected);
  });
});
