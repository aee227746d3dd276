import { describe, expect, it } from "vitest";

import { composeMessage, mailText, retryAfter, robotLine } from "./sending.rules";

describe("robotLine", () => {
  it.each([
    ["a plain text is the link", "请报送月报", "[请报送月报](https://x.example/reports)"],
    ["brackets make no link of their own", "[点这里](http://evil)", "［点这里］(http://evil)"],
    ["markup signs are shown, not read", "# *急*`x`<b>\\", "＃ ＊急＊‘x‘＜b＞＼"],
    ["lines become one", "甲\n乙\r\n 丙", "甲 乙 丙"],
  ])("%s", (_name, title, expected) => {
    expect(robotLine(title, "https://x.example/reports")).toContain(expected);
  });
  it("parentheses in an address do not end the link", () => {
    expect(robotLine("甲", "https://x.example/a(b)")).toBe("[甲](https://x.example/a%28b%29)");
  });
});

describe("mailText", () => {
  it("says what and where", () => {
    expect(mailText("请报送月报", "https://x.example/reports")).toMatch(
      /^请报送月报\n\n办理地址：https:\/\/x\.example\/reports\n/,
    );
  });
});

describe("composeMessage", () => {
  const lines = (n: number) => Array.from({ length: n }, (_, at) => `第${at + 1}条`);
  const wide = { mostLines: 20, mostBytes: 10_000 };

  it.each([
    ["one line is not numbered", lines(1), wide, "第1条"],
    ["two lines", lines(2), wide, "1. 第1条\n2. 第2条"],
    ["as many as fit", lines(3), { ...wide, mostLines: 3 }, "1. 第1条\n2. 第2条\n3. 第3条"],
    [
      "one more than fits",
      lines(4),
      { ...wide, mostLines: 3 },
      "1. 第1条\n2. 第2条\n3. 第3条\n\n另有 1 条，请登录系统查看。",
    ],
    ["nothing", [], wide, ""],
  ])("%s", (_name, all, limits, expected) => expect(composeMessage(all, limits)).toBe(expected));

  it("stays within the bytes, and counts what it leaves out", () => {
    const long = Array.from({ length: 30 }, (_, at) => `${at}${"长".repeat(100)}`);
    const text = composeMessage(long, { mostLines: 20, mostBytes: 4_000 });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4_000);
    const shown = text.match(/^\d+\. /gm)?.length ?? 0;
    expect(shown).toBeGreaterThan(10);
    expect(text).toContain(`另有 ${30 - shown} 条`);
  });

  it.each([1, 2])("%d lines too long even one by one are cut by whole characters", (n) => {
    const text = composeMessage(
      Array.from({ length: n }, () => "长".repeat(200)),
      { mostLines: 20, mostBytes: 200 },
    );
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(200);
    expect(text).toMatch(/^长+/);
    expect(text).not.toContain("�");
  });
});

describe("retryAfter", () => {
  const backOff = { firstMs: 5_000, longestMs: 6 * 3_600_000 };
  it.each([
    ["the first", 1, 5_000],
    ["the second doubles", 2, 10_000],
    ["the ninth", 9, 1_280_000],
    ["the tenth was the last", 10, undefined],
    ["more than the last", 11, undefined],
  ])("%s", (_name, attempts, expected) => expect(retryAfter(attempts, backOff)).toBe(expected));
  it("never waits longer than the longest", () => {
    expect(retryAfter(9, { firstMs: 600_000, longestMs: 21_600_000 })).toBe(21_600_000);
  });
});
