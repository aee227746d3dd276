import { describe, expect, it } from "vitest";

import type { MergedArea, SheetGrid } from "../xlsx/workbook";
import type { IntakeColumn } from "./intake.types";
import { readTable } from "./read-table";

const COLUMNS: readonly IntakeColumn[] = [
  { key: "code", title: "系统编号", synonyms: ["编号"] },
  { key: "name", title: "系统名称", synonyms: ["名称"], required: true },
  { key: "level", title: "等保级别", required: true },
  { key: "unit", title: "主管单位", fillMerged: true },
];
type Texts = readonly (readonly string[])[];
const grid = (
  name: string,
  rows: Texts,
  more: { hidden?: boolean; merges?: readonly MergedArea[] } = {},
): SheetGrid => ({
  name,
  hidden: more.hidden ?? false,
  merges: more.merges ?? [],
  rows: rows.map((row) => row.map((text) => ({ text }))),
});
const HEAD = ["系统编号", "系统名称", "等保级别", "主管单位"];
const ROW = ["XT-1", "智慧管网", "3", "市住建局"];
const VALUES = { code: "XT-1", name: "智慧管网", level: "3", unit: "市住建局" };

const read = (...sheets: SheetGrid[]) => {
  const table = readTable(sheets, COLUMNS);
  if (!table.ok) throw new Error(table.refusals.map(({ code }) => code).join());
  return table.value;
};
const refusal = (...sheets: SheetGrid[]) => {
  const table = readTable(sheets, COLUMNS);
  return table.ok ? undefined : table.refusals[0];
};

describe("the table of a register is found", () => {
  it.each<[string, SheetGrid, number]>([
    ["in the first row", grid("表", [HEAD, ROW]), 1],
    ["below a title and a note", grid("表", [["系统清单"], ["单位：个"], HEAD, ROW]), 3],
    ["with the columns in another order", grid("表", [[...HEAD].reverse(), [...ROW].reverse()]), 1],
    ["by synonyms, with marks of obligation", grid("表", [["编号", "名称*", "等保级别（*）", "主管单位"], ROW]), 1],
    [
      "over two rows under a group",
      grid("表", [["基本情况", "", "安全情况", "主管单位"], ["系统编号", "系统名称", "等保级别", ""], ROW], {
        merges: [
          { top: 0, left: 0, bottom: 0, right: 1 },
          { top: 0, left: 3, bottom: 1, right: 3 },
        ],
      }),
      2,
    ],
  ])("%s", (_, sheet, headerRow) => {
    expect(read(sheet)).toMatchObject({ headerRow, rows: [{ rowNumber: headerRow + 1, values: VALUES }] });
  });

  it("on whichever sheet it is, and not on a hidden one beside it", () => {
    const lists = grid("可选内容", [HEAD, ROW], { hidden: true });
    const notes = grid("填写说明", [["填写的列", "怎样填写"]]);
    expect(read(notes, grid("清单", [HEAD, ROW]), lists).sheet).toBe("清单");
    expect(read(lists).sheet).toBe("可选内容");
  });

  it("without an optional column, and tells which headers it does not know, but not its own column of problems", () => {
    const table = read(
      grid("表", [
        ["系统名称", "等保级别", "责任人", "问题"],
        ["智慧管网", "3", "李某", "编号有误"],
      ]),
    );
    expect(table.rows[0]?.values).toEqual({ ...VALUES, code: "", unit: "" });
    expect(table.unknownHeaders).toEqual(["责任人"]);
  });

  it("leaves out the example, totals, headers repeated on each page, notes and what stands beside the table", () => {
    const table = read(
      grid("表", [
        HEAD,
        ["（示例）XT-0", "某系统", "2", "某局"],
        ROW,
        HEAD,
        ["XT-2", "智慧水务", "2", "市水利局"],
        ["", "", "", "", "页边的字"],
        [],
        ["合计", "2"],
        ["填表人：李某"],
      ]),
    );
    expect(table.rows.map(({ rowNumber }) => rowNumber)).toEqual([3, 5]);
    expect(table.dropped).toBe(5);
  });

  it("fills a unit down its merged cells", () => {
    const sheet = grid("表", [HEAD, ROW, ["XT-2", "智慧水务", "2", ""]], {
      merges: [{ top: 1, left: 3, bottom: 2, right: 3 }],
    });
    expect(read(sheet).rows.map(({ values }) => values.unit)).toEqual(["市住建局", "市住建局"]);
  });
});

describe("a workbook is refused", () => {
  it.each<[string, readonly SheetGrid[], object]>([
    [
      "without any header, naming what is required",
      [grid("表", [["甲", "乙"]])],
      { code: "table.headerNotFound", facts: { sheet: "表", expected: "系统名称、等保级别" } },
    ],
    [
      "without a required column, by name",
      [
        grid("表", [
          ["系统编号", "系统名称"],
          ["XT-1", "智慧管网"],
        ]),
      ],
      {
        code: "table.columnsMissing",
        facts: { sheet: "表", row: 1, missing: "等保级别", found: "系统编号、系统名称" },
      },
    ],
    ["with a header and nothing below", [grid("表", [HEAD])], { code: "table.noRows", facts: { sheet: "表", row: 1 } }],
    [
      "with only the example below",
      [grid("表", [HEAD, ["示例", "某系统", "2"]])],
      { code: "table.noRows", facts: { sheet: "表", row: 1 } },
    ],
    [
      "with two tables, naming their sheets",
      [grid("甲局", [HEAD, ROW]), grid("乙局", [HEAD, ROW])],
      { code: "severalTables", facts: { sheets: "“甲局”、“乙局”" } },
    ],
  ])("%s", (_, sheets, expected) => {
    expect(refusal(...sheets)).toEqual(expected);
  });
  it("no second table is one that has no rows", () => {
    expect(read(grid("甲局", [HEAD]), grid("乙局", [HEAD, ROW])).sheet).toBe("乙局");
  });
});
