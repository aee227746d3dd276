import { describe, expect, it } from "vitest";

import type { ColumnMapping, SheetOutline } from "./import-batch";
import { proposeMapping, reasonToAsk, signatureOf, unfilledFields } from "./propose-mapping.server";

const WHOLE = ["资源名称", "资源分类", "资源摘要", "资源格式", "信息项", "共享类型", "更新周期"];
const sheet = (top: readonly (readonly string[])[], more: Partial<SheetOutline> = {}): SheetOutline => ({
  name: "表",
  hidden: false,
  rows: top.length + 10,
  top,
  merges: [],
  ...more,
});
const NOTHING = new Map<string, ColumnMapping>();

describe("a file is read without asking", () => {
  it.each<[string, SheetOutline[], number]>([
    ["when its only sheet has all required columns", [sheet([WHOLE])], 0],
    ["when one of several has them", [sheet([["目录说明"]]), sheet([["标题"], WHOLE])], 1],
    ["when another that has them is hidden", [sheet([WHOLE], { hidden: true }), sheet([WHOLE])], 1],
  ])("%s", (_, sheets, index) => {
    expect(proposeMapping(sheets, NOTHING)).toMatchObject({ sure: true, chosen: { sheet: index, constants: {} } });
  });
});

describe("the person is asked", () => {
  it.each<[string, SheetOutline[], string]>([
    ["when a required column is missing", [sheet([WHOLE.slice(1)])], "table.columnsMissing"],
    ["when no header is known", [sheet([["甲", "乙"]])], "table.headerNotFound"],
    ["when two sheets could be it", [sheet([WHOLE]), sheet([WHOLE])], "severalTables"],
    ["when there is no row at all", [sheet([])], "table.headerNotFound"],
  ])("%s", (_, sheets, code) => {
    const { chosen, sure } = proposeMapping(sheets, NOTHING);
    expect(sure).toBe(false);
    expect(reasonToAsk(sheets, chosen).code).toBe(code);
  });
});

describe("an earlier answer", () => {
  const headers = ["名目", "内容", "问题"];
  const earlier: ColumnMapping = {
    sheet: 3,
    header: { first: 0, last: 0 },
    columns: { name: 0, summary: 1 },
    constants: {},
  };
  const signature = signatureOf(sheet([["标题"], headers.slice(0, 2)]), { first: 1, last: 1 });

  it("serves a file with the same headers, wherever they stand and without the column of problems", () => {
    const proposed = proposeMapping([sheet([headers])], new Map([[signature, earlier]]));
    expect(proposed).toEqual({ chosen: { ...earlier, sheet: 0 }, sure: true });
  });
  it("is shown again when it filled something for all rows", () => {
    const constants = { category: "便民服务" };
    const proposed = proposeMapping([sheet([headers])], new Map([[signature, { ...earlier, constants }]]));
    expect(proposed).toMatchObject({ chosen: { constants }, sure: false });
  });
  it("says nothing of other headers", () => {
    const proposed = proposeMapping([sheet([["名目", "别的"]])], new Map([[signature, earlier]]));
    expect(proposed.chosen.columns).toEqual({});
  });
});

it("a constant fills a required field, an empty one does not", () => {
  const columns = { name: 0, category: 1, summary: 2, formatClass: 3, items: 4, sharingType: 5 };
  const mapping = { sheet: 0, header: null, columns };
  expect(unfilledFields({ ...mapping, constants: { updateCycle: "每年" } })).toEqual([]);
  expect(unfilledFields({ ...mapping, constants: { updateCycle: "" } })).toEqual(["更新周期"]);
});
