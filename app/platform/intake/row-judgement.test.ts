import { describe, expect, it } from "vitest";

import type { IntakeOutcome } from "~/kernel/vocabulary";

import type { IntakeColumn, JudgedRow } from "./intake.types";
import { checkCells, countOutcomes, isAsPreviewed, isWritten, withCellProblems } from "./row-judgement";

const COLUMNS: readonly IntakeColumn[] = [
  { key: "name", title: "名称" },
  { key: "type", title: "类型", choices: ["云服务器", "GPU 服务器"] },
  { key: "on", title: "日期", kind: "date" },
];
const check = (values: Record<string, string>) => checkCells(COLUMNS, { rowNumber: 3, values });

describe("a cell", () => {
  it.each<[string, Record<string, string>, Record<string, string>]>([
    ["with a choice is taken as it is", { type: "云服务器" }, { type: "云服务器" }],
    ["with a choice in other width and case gets its own word", { type: "ＧＰＵ服务器" }, { type: "GPU 服务器" }],
    ["that is blank has no choice to make", { type: "" }, { type: "" }],
    ["with a day in Chinese is read as a day", { on: "2026年5月2日" }, { on: "2026-05-02" }],
    ["with a day in points is read as a day", { on: "2026.5.2" }, { on: "2026-05-02" }],
    ["with a month only is left to the register", { on: "2026年5月" }, { on: "2026年5月" }],
    ["that is no choice is left to the register", { type: "小型机" }, { type: "小型机" }],
    ["without choices says what it says", { name: "２号机房" }, { name: "２号机房" }],
  ])("%s", (_, values, expected) => {
    expect(check(values)).toEqual({ row: { rowNumber: 3, values: expected }, problems: [] });
  });
  it.each<[string, Record<string, string>, string, string]>([
    ["with a failed formula", { name: "#REF!" }, "name", "公式出错（#REF!），请改为实际内容。"],
    ["with a failed formula where a choice belongs", { type: "#N/A" }, "type", "公式出错（#N/A），请改为实际内容。"],
  ])("%s is a problem and keeps its text", (_, values, column, message) => {
    expect(check(values)).toEqual({ row: { rowNumber: 3, values }, problems: [{ column, message }] });
  });
});

const judged = (outcome: IntakeOutcome, more: Partial<JudgedRow> = {}): JudgedRow => ({
  rowNumber: 3,
  outcome,
  label: "XT-1",
  changes: [],
  problems: [],
  ...more,
});
const CHANGE = { title: "名称", before: "甲", after: "乙" };

describe("problems of cells join the judgement", () => {
  const problem = { column: "type", message: "不在可选内容中" };
  it.each<[string, JudgedRow, object]>([
    [
      "of a good row, which is then none",
      judged("change", { changes: [CHANGE] }),
      { outcome: "problem", changes: [], problems: [problem] },
    ],
    [
      "of a bad row, beside its own",
      judged("problem", { problems: [{ column: "name", message: "请填写名称。" }] }),
      { problems: [{ column: "name", message: "请填写名称。" }, problem] },
    ],
    [
      "but not where the register said something of that cell",
      judged("problem", { problems: [{ column: "type", message: "请选择类型。" }] }),
      { problems: [{ column: "type", message: "请选择类型。" }] },
    ],
  ])("%s", (_, row, expected) => {
    expect(withCellProblems(row, [problem])).toMatchObject(expected);
  });
  it("and nothing changes without any", () => {
    const row = judged("add");
    expect(withCellProblems(row, [])).toBe(row);
  });
});

describe("a row is as previewed", () => {
  const shown = judged("change", { changes: [CHANGE] });
  it.each<[string, JudgedRow, JudgedRow, boolean]>([
    ["when nothing moved", shown, shown, true],
    ["when only its label did", shown, { ...shown, label: "XT-1 新名" }, true],
    [
      "not when the value before is another",
      shown,
      judged("change", { changes: [{ ...CHANGE, before: "丙" }] }),
      false,
    ],
    ["not when one value more would change", shown, judged("change", { changes: [CHANGE, CHANGE] }), false],
    ["not when it is the same by now", shown, judged("same"), false],
    ["not when it got a problem", shown, judged("problem"), false],
    ["not when its problem is gone", judged("problem"), judged("add"), false],
    [
      "when it has another problem: it is not applied either way",
      judged("problem", { problems: [{ column: "a", message: "甲" }] }),
      judged("problem", { problems: [{ column: "a", message: "乙" }] }),
      true,
    ],
    ["not when it is another row", shown, { ...shown, rowNumber: 4 }, false],
  ])("%s", (_, before, now, expected) => {
    expect(isAsPreviewed(before, now)).toBe(expected);
  });
});

it("counts by outcome, and writes what is added or changed", () => {
  const rows = (["add", "same", "problem", "add", "change"] as const).map((outcome) => judged(outcome));
  expect(countOutcomes(rows)).toEqual({ add: 2, change: 1, same: 1, problem: 1 });
  expect(rows.map(isWritten)).toEqual([true, false, false, true, true]);
});
