import { describe, expect, it } from "vitest";

import { parseLedgerRow } from "../ledger.rules";
import { LEDGER_COLUMNS } from "./plan.columns";
import { readLedgerRows, taskText } from "./read-rows.rules";

const row = (rowNumber: number, more: Record<string, string> = {}) => ({
  rowNumber,
  values: {
    number: String(rowNumber - 1),
    section: "",
    text: "推进应用。做好对接。",
    leadUnits: "市财政局",
    responsibleUnits: "市水利局",
    deadline: "持续推进",
    ...more,
  },
});
const read = (...rows: ReturnType<typeof row>[]) => readLedgerRows(rows, LEDGER_COLUMNS);
const numbers = (...rows: ReturnType<typeof row>[]) => {
  const result = read(...rows);
  return result.ok ? result.value.map(({ number }) => number) : result.refusals;
};

describe("the rows of a ledger", () => {
  it.each([
    ["numbers as they stand", [row(2), row(3)], [1, 2]],
    ["gaps stay gaps", [row(2), row(3, { number: "7" })], [1, 7]],
    ["no number: that of the row", [row(2), row(3, { number: "" })], [1, 2]],
    [
      "no number, and that of the row is taken: the next free one",
      [row(2, { number: "2" }), row(3, { number: "" })],
      [2, 3],
    ],
  ])("%s", (_name, rows, expected) => expect(numbers(...rows)).toEqual(expected));

  it.each([
    ["no words", row(4, { text: "" }), { code: "cellBlank", facts: { row: 4, column: "工作任务" } }],
    ["no deadline", row(4, { deadline: "" }), { code: "cellBlank", facts: { row: 4, column: "完成时限" } }],
    [
      "a failed formula",
      row(4, { leadUnits: "#REF!" }),
      { code: "cellFailed", facts: { row: 4, column: "牵头单位", text: "#REF!" } },
    ],
    ["a number twice", row(4, { number: "1" }), { code: "numberTwice", facts: { row: 4, other: 2, number: 1 } }],
  ])("is refused with its row: %s", (_name, bad, refusal) => {
    expect(read(row(2), bad)).toEqual({ ok: false, refusals: [refusal] });
  });

  it("a task without lead is understood, not refused", () => {
    const result = read(row(2, { leadUnits: "" }));
    expect(result.ok && result.value[0]?.entry.doubts.map(({ code }) => code)).toEqual(["leadMissing"]);
  });

  it("a long list of mistakes is told in part", () => {
    const bad = Array.from({ length: 30 }, (_, index) => row(index + 2, { text: "" }));
    const result = read(...bad);
    expect(!result.ok && result.refusals).toHaveLength(10);
  });
});

describe("title and text as one", () => {
  it.each([
    ["both", "推进应用", "做好对接。"],
    ["a title only", "推进应用", ""],
    ["no title", null, "各地开通站点。"],
    ["neither", null, ""],
  ])("can be read back: %s", (_name, title, content) => {
    const text = taskText({ title, content });
    const again = parseLedgerRow({ ...row(2).values, text });
    expect([again.title, again.content]).toEqual([title, content]);
  });
});
