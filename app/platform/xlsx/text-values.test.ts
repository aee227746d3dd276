import { describe, expect, it } from "vitest";
import { readChoice, readDateText, readNumberText } from "./text-values";

describe("readDateText", () => {
  it.each([
    ["a month with a dot", "2023.5", { period: "2023-05" }],
    ["October, not January", "2023.10", { period: "2023-10" }],
    ["a Chinese month", "2023年5月", { period: "2023-05" }],
    ["a Chinese month with spaces", " 2023 年 05 月 ", { period: "2023-05" }],
    ["six digits", "202312", { period: "2023-12" }],
    ["a day with slashes", "2023/5/1", { date: "2023-05-01" }],
    ["a day with dots", "2023.5.31", { date: "2023-05-31" }],
    ["a Chinese day", "2023年5月1日", { date: "2023-05-01" }],
    ["a Chinese day with 号", "2023年5月1号", { date: "2023-05-01" }],
    ["eight digits", "20230501", { date: "2023-05-01" }],
    ["full-width digits", "２０２３／５／１", { date: "2023-05-01" }],
    ["a day with a time", "2023-05-01 09:30:00", { date: "2023-05-01" }],
    ["an ISO instant", "2023-05-01T09:30", { date: "2023-05-01" }],
    ["29 February of a leap year", "2024-2-29", { date: "2024-02-29" }],
    ["29 February of another year", "2023-2-29", undefined],
    ["month 13", "2023.13", undefined],
    ["month 0", "2023-0", undefined],
    ["digits apart are not put together", "2023 1 1", undefined],
    ["mixed separators", "2023-5/1", undefined],
    ["a two-digit year", "23.5.1", undefined],
    ["day first", "1/5/2023", undefined],
    ["a range", "2023.1-2023.12", undefined],
    ["a year", "2023", undefined],
    ["nothing", "", undefined],
    ["words", "待定", undefined],
  ])("%s: %s", (_, text, value) => {
    expect(readDateText(text)).toEqual(value);
  });
});

describe("readNumberText", () => {
  it.each([
    ["separators", "1,234,567.50", { decimal: "1234567.50", number: 1234567.5, approximate: false }],
    ["full-width digits and sign", "－１２．５", { decimal: "-12.5", number: -12.5, approximate: false }],
    ["ten thousand yuan", "120万元", { decimal: "120", number: 120, unit: "万元", approximate: false }],
    [
      "a sign and a unit of money",
      "￥3,000.00元",
      { decimal: "3000.00", number: 3000, unit: "元", approximate: false },
    ],
    ["per cent", "30％", { decimal: "30", number: 30, unit: "%", approximate: false }],
    ["about", "约 120 万元", { decimal: "120", number: 120, unit: "万元", approximate: true }],
    ["more or less", "120万元左右", { decimal: "120", number: 120, unit: "万元", approximate: true }],
    ["and more", "100余人", { decimal: "100", number: 100, unit: "人", approximate: true }],
    ["brackets for a negative amount", "(1,200.00)", { decimal: "-1200.00", number: -1200, approximate: false }],
    ["leading zeros", "007", { decimal: "7", number: 7, approximate: false }],
    [
      "more digits than a binary number holds",
      "90071992547409.93",
      { decimal: "90071992547409.93", number: 90071992547409.93, approximate: false },
    ],
    ["wrong groups", "1,2345", undefined],
    ["a range", "3-5个", undefined],
    ["an exponent", "1.2E+05", undefined],
    ["two dots", "1.2.3", undefined],
    ["a dash for none", "—", undefined],
    ["a word for none", "无", undefined],
    ["nothing", "", undefined],
  ])("%s: %s", (_, text, value) => {
    expect(readNumberText(text)).toEqual(value);
  });
});

describe("readChoice", () => {
  const options = [
    { value: "new", label: "新建", synonyms: ["新建类", "新 建 项目"] },
    { value: "upgrade", label: "升级改造" },
  ] as const;
  it.each([
    ["the label", "新建", "new"],
    ["the label with spaces and breaks", " 升级\n改造 ", "upgrade"],
    ["a synonym", "新建项目", "new"],
    ["the value in another case", "ＵＰＧＲＡＤＥ", "upgrade"],
    ["part of a label", "升级", undefined],
    ["nothing", "", undefined],
  ])("%s: %s", (_, text, value) => {
    expect(readChoice(text, options)).toBe(value);
  });
});
