import { describe, expect, it } from "vitest";

import { composeTableForm, FORM_PAGE } from "./compose-table-form";
import type { TableForm } from "./table-form.types";

/** Every character as wide as it is high. */
const measure = (_face: string, text: string) => [...text].length;

const form = (rows: readonly (readonly string[])[]): TableForm => ({
  title: "市自然资源局数据责任清单",
  left: "提供单位：市自然资源局",
  right: "截至 2026年7月20日　共 2 条",
  table: {
    columns: [
      { title: "序号", align: "center", widthShare: 1 },
      { title: "需要的数据", align: "left", widthShare: 9 },
    ],
    rows,
  },
  emptyText: "没有数据需求",
  note: "明镜",
  properties: { title: "清单", author: "明镜", subject: "清单", createdAt: "2026-07-20T01:00:00Z" },
});
const textsOf = (page: ReturnType<typeof composeTableForm>[number]) =>
  page.flatMap((item) => (item.kind === "text" ? [item.text] : []));

describe("composeTableForm", () => {
  it("one page: title in the middle, whose list on the left, as of when on the right, the number below", () => {
    const [page = [], ...others] = composeTableForm(form([["1", "河道水位信息"]]), measure);
    expect(others).toEqual([]);
    expect(textsOf(page)).toEqual(
      expect.arrayContaining(["市自然资源局数据责任清单", "提供单位：市自然资源局", "河道水位信息", "第 1 页 共 1 页"]),
    );
    const title = page.find((item) => item.kind === "text" && item.text.startsWith("市自然"));
    expect(title && title.x + (title.width ?? 0) / 2).toBeCloseTo(FORM_PAGE.width / 2, 3);
  });

  it("nothing leaves the page, and every page repeats the header and counts all pages", () => {
    const rows = Array.from({ length: 60 }, (_, index) => [String(index + 1), "河道水位与雨量信息".repeat(12)]);
    const pages = composeTableForm(form(rows), measure);
    expect(pages.length).toBeGreaterThan(2);
    for (const [index, page] of pages.entries()) {
      expect(textsOf(page)).toContain("需要的数据");
      expect(textsOf(page)).toContain(`第 ${index + 1} 页 共 ${pages.length} 页`);
      for (const item of page) {
        expect(item.x).toBeGreaterThan(0);
        expect(item.x + item.width).toBeLessThan(FORM_PAGE.width);
        expect(item.kind === "text" ? item.baseline : item.y + item.height).toBeLessThan(FORM_PAGE.height);
      }
    }
    const numbers = pages.flatMap(textsOf).filter((text) => /^\d+$/.test(text));
    expect(numbers).toEqual(rows.map(([number]) => number));
  });

  it("closes with its paragraphs and a line to sign, never on a page without a paragraph", () => {
    const signatures = ["审查人：何静雯", "复核人：", "日期：2026年7月20日"];
    for (let count = 1; count < 40; count++) {
      const rows = Array.from({ length: count }, (_, index) => [String(index + 1), "河道水位信息"]);
      const closing = ["评估意见：同意核定金额。".repeat(10), "结论：通过。"];
      const pages = composeTableForm({ ...form(rows), closing, signatures }, measure);
      const last = textsOf(pages.at(-1) ?? []);
      expect(last).toEqual(expect.arrayContaining(["结论：通过。", ...signatures]));
      for (const item of pages.flat()) {
        expect(item.x + item.width).toBeLessThan(FORM_PAGE.width);
        expect(item.kind === "text" ? item.baseline : item.y + item.height).toBeLessThan(FORM_PAGE.height);
      }
    }
  });

  it("an empty list says so", () => {
    const [page = []] = composeTableForm(form([]), measure);
    expect(textsOf(page)).toContain("没有数据需求");
  });
});
