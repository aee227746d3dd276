import { describe, expect, it } from "vitest";

import { foldName } from "~/kernel/names";

import type { ResourceContent } from "./resource.content";
import { anEntry, anItem, surroundings } from "./resource.fixture";
import { isCitation, judgeResources, resourceProblems } from "./resource.rules";

const codes = (more: Partial<ResourceContent>, around = surroundings()) =>
  resourceProblems(anEntry(more), around).map((problem) => problem.code);

describe("resourceProblems", () => {
  it.each<[string, Partial<ResourceContent>, string[]]>([
    ["a complete entry", {}, []],
    ["a category that is none", { categoryCode: "999999" }, ["categoryUnknown"]],
    ["a basic database that is none", { basicDatabaseCode: "weather" }, ["basicDatabaseUnknown"]],
    ["a known basic database", { basicDatabaseCode: "population" }, []],
    ["another unit's system", { systemId: "other" }, ["systemNotOwn"]],
    ["an own system", { systemId: "own-system" }, []],
    ["related to a code that is none", { relatedCodes: ["101001/000001", "101001/999999"] }, ["relatedUnknown"]],
    ["related to a known code", { relatedCodes: ["101001/000001"] }, []],
    ["not shared, no basis", { sharingType: "none", method: null }, ["noneWithoutBasis"]],
    ["not shared, a basis that cites nothing", { sharingType: "none", legalBasis: "涉及隐私" }, ["basisNotCited"]],
    [
      "not shared, basis cited: no method asked",
      { sharingType: "none", method: null, legalBasis: "《测绘法》第四十七条" },
      [],
    ],
    [
      "not shared and yet open to the public",
      { sharingType: "none", legalBasis: "《测绘法》第四十七条", openToPublic: true },
      ["openButNotShared"],
    ],
    ["shared and open to the public", { openToPublic: true }, []],
    ["conditional, no conditions", { sharingType: "conditional" }, ["conditionalWithoutConditions"]],
    ["conditional with conditions", { sharingType: "conditional", conditions: "限防汛指挥使用" }, []],
    ["shared, no method", { method: null }, ["methodMissing"]],
    ["a database as file", { method: "file" }, ["methodNotForFormat"]],
    ["a database as database", { method: "database" }, []],
    ["a spreadsheet as file", { formatClass: "spreadsheet", method: "file" }, []],
    ["a spreadsheet as interface", { formatClass: "spreadsheet" }, ["methodNotForFormat"]],
    ["a service as database", { formatClass: "service", method: "database" }, ["methodNotForFormat"]],
    ["a format of its class", { formatType: "mysql" }, []],
    ["a format of another class", { formatType: "xlsx" }, ["formatTypeNotOfClass"]],
    ["a format that nobody knows", { formatType: "OceanBase" }, []],
    ["no items", { items: [] }, ["itemsMissing"]],
    ["one item twice", { items: [anItem("管径", { isKey: true }), anItem("管径")] }, ["itemTwice"]],
    ["one item twice but for a space", { items: [anItem("管径", { isKey: true }), anItem("管 径")] }, ["itemTwice"]],
    ["a length of zero", { items: [anItem("编号", { isKey: true, length: 0 })] }, ["itemLengthNotPositive"]],
    ["a length of one", { items: [anItem("编号", { isKey: true, length: 1 })] }, []],
    ["a database without a key", { items: [anItem("编号")] }, ["keyItemMissing"]],
    ["a spreadsheet without a key", { formatClass: "spreadsheet", method: "file", items: [anItem("编号")] }, []],
    ["several things at once", { sharingType: "none", items: [] }, ["noneWithoutBasis", "itemsMissing"]],
  ])("%s", (_name, more, expected) => {
    expect(codes(more)).toEqual(expected);
  });

  it.each<[string, string, string[], string[], string[]]>([
    ["the system's own name", "智慧管网系统", [], ["智慧管网系统"], ["systemName"]],
    ["differs in spaces and punctuation only", "供水管网(基础)信息", ["供水管网基础信息"], [], ["nameTaken"]],
    ["differs in full width only", "ＧＩＳ图层", ["GIS图层"], [], ["nameTaken"]],
    ["a running number after its neighbour", "管网信息2", ["管网信息1"], [], ["dragFillName"]],
    ["a running number after the bare stem", "管网信息1", ["管网信息"], [], ["dragFillName"]],
    ["a number without a neighbour", "管网信息3", ["管网信息1"], [], []],
    ["a year in the name", "管网普查成果2025年", ["管网普查成果2024年"], [], []],
  ])("%s", (_name, name, siblings, systems, expected) => {
    const around = surroundings({
      siblings: new Set(siblings.map(foldName)),
      systems: new Set(systems.map(foldName)),
    });
    expect(codes({ name }, around)).toEqual(expected);
  });
});

describe("isCitation", () => {
  it.each([
    ["a law with its article", "《中华人民共和国测绘法》第四十七条", true],
    ["an article in digits", "《保守国家秘密法》第9条第2款", true],
    ["a document number", "国发〔2016〕51号", true],
    ["a document number in square brackets", "根据国办发[2019]57号文", true],
    ["a law without an article", "《中华人民共和国测绘法》", false],
    ["an article without a law", "第四十七条", false],
    ["a number without its year", "国发51号", false],
    ["a title of one character", "《法》第一条", false],
    ["words", "涉及个人隐私，不宜共享", false],
    ["nothing", "", false],
  ])("%s", (_name, text, expected) => {
    expect(isCitation(text)).toBe(expected);
  });
});

describe("judgeResources", () => {
  it("judges each entry against the good ones before it", () => {
    const [one, again, bad, afterBad] = judgeResources(
      [
        anEntry({ name: "排水管网信息" }),
        anEntry({ name: "排水 管网(信息)" }),
        anEntry({ name: "燃气管网信息", items: [] }),
        anEntry({ name: "燃气管网信息" }),
      ],
      surroundings(),
    ).map((problems) => problems.map(({ code }) => code));
    expect([one, again, bad, afterBad]).toEqual([[], ["nameTaken"], ["itemsMissing"], []]);
  });
});
