import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";
import type { Cell, SheetGrid } from "~/platform/xlsx/workbook";

import { readPaymentSheet } from "./read-rows.server";

const cell = (value: string | number | Cell): Cell =>
  typeof value === "string"
    ? { text: value }
    : typeof value === "number"
      ? { text: String(value), number: value }
      : value;
const grid = (rows: readonly (readonly (string | number | Cell)[])[], more: Partial<SheetGrid> = {}): SheetGrid => ({
  name: "支付明细",
  hidden: false,
  rows: rows.map((row) => row.map(cell)),
  merges: [],
  ...more,
});
const rowsOf = (sheet: SheetGrid) => {
  const read = readPaymentSheet([sheet]);
  if (!read.ok) throw new Error(JSON.stringify(read.refusals));
  return read.value.rows;
};

it("reads a treasury's sheet as it comes: title, unit, merged headers in any order, totals and notes", () => {
  const sheet = grid(
    [
      ["江城市财政国库集中支付明细表"],
      ["编制单位：市财政局国库支付中心", "", "", "", "单位：万元"],
      ["序号", "支付情况", "", "收款人名称", "合同号"],
      ["", "支付日期", "金额", "", ""],
      [
        1,
        { text: "2026-06-10", date: localDate("2026-06-10"), number: 46183 },
        119.73,
        "广东云岭数字科技有限公司",
        "HT-1",
      ],
      [2, "2026年6月12日", "1,234.5", "某公司", "ＨＴ-2 "],
      ["合计", "", 1354.23],
      ["序号", "支付日期", "金额", "收款人名称", "合同号"],
      [3, "20260615", "20.00万元", "", "HT-3"],
      ["备注：本表不含往来款"],
      ["制表人：李某"],
    ],
    { merges: [{ top: 2, left: 1, bottom: 2, right: 2 }] },
  );
  expect(
    rowsOf(sheet).map(({ rowNumber, amountFen, paidOn, contractNumber }) => [
      rowNumber,
      amountFen,
      paidOn,
      contractNumber,
    ]),
  ).toEqual([
    [5, 119_730_000, "2026-06-10", "HT-1"],
    [6, 1_234_500_000, "2026-06-12", "HT-2"],
    [9, 20_000_000, "2026-06-15", "HT-3"],
  ]);
});

describe("amounts", () => {
  const amountOf = (header: string, value: string | number | Cell) =>
    rowsOf(
      grid([
        ["支付日期", header],
        ["2026-06-10", value],
      ]),
    )[0]?.amountFen;
  it.each<[string, string, string | number | Cell, number | null]>([
    ["yuan by default", "支付金额", "128.5", 12_850],
    ["yuan in the header", "金额（元）", "128.5", 12_850],
    ["万元 in the header", "金额（万元）", "128.5", 128_500_000],
    ["a unit in the cell wins", "金额（元）", "2万元", 2_000_000],
    ["as accountants write it", "支付金额", "¥1,285,000.50", 128_500_050],
    ["what is stored, not what is shown", "金额（万元）", { text: "120", number: 119.73 }, 119_730_000],
    ["without binary noise", "支付金额", { text: "0.3", number: 0.1 + 0.2 }, 30],
    ["finer than a fen", "支付金额", "1.005", null],
    ["about", "支付金额", "约120", null],
    ["an error of the sheet", "支付金额", { text: "#REF!", error: "#REF!" }, null],
    ["words", "支付金额", "见附件", null],
    ["a refund", "支付金额", "(1,200.00)", -120_000],
  ])("%s", (_name, header, value, expected) => {
    expect(amountOf(header, value)).toBe(expected);
  });
});

describe("days", () => {
  it.each([
    ["a month is no day", "2026年6月", null],
    ["two-digit years are not guessed", "26/6/10", null],
    ["a day that no calendar has", "2026-06-31", null],
    ["dots", "2026.6.1", "2026-06-01"],
    ["with a time", "2026-06-10 09:30:00", "2026-06-10"],
  ])("%s", (_name, text, expected) => {
    expect(
      rowsOf(
        grid([
          ["支付日期", "支付金额"],
          [text, "1"],
        ]),
      )[0]?.paidOn,
    ).toBe(expected);
  });
});

describe("what is no payment sheet", () => {
  it.each<[string, SheetGrid, string]>([
    ["no header", grid([["甲", "乙"]]), "table.headerNotFound"],
    [
      "no amount",
      grid([
        ["支付日期", "收款人"],
        ["2026-06-10", "某"],
      ]),
      "table.columnsMissing",
    ],
    ["no row", grid([["支付日期", "支付金额"]]), "table.noRows"],
  ])("%s", (_name, sheet, code) => {
    expect(readPaymentSheet([sheet])).toMatchObject({ ok: false, refusals: [{ code }] });
  });
  it("a hidden sheet and one without payments are passed over", () => {
    const payments = grid(
      [
        ["支付日期", "支付金额"],
        ["2026-06-10", "1"],
      ],
      { name: "明细" },
    );
    const read = readPaymentSheet([grid([["说明"]]), { ...payments, name: "旧", hidden: true }, payments]);
    expect(read).toMatchObject({ ok: true, value: { sheet: { name: "明细" } } });
  });
});
