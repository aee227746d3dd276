import { describe, expect, it } from "vitest";
import { composeDocument } from "./compose-document";
import { LONG, ONE_PAGE, THREE_PAGES } from "./official-document.fixture";
import type { OfficialDocument } from "./official-document.types";
import { BLOCK, mm, PITCH } from "./page-geometry";
import type { ComposedPage, PlacedRule, PlacedText } from "./placed";
import type { TextMeasure } from "./text-measure";

/** Chinese characters are as wide as their size, Latin letters and digits half as wide. */
const measure: TextMeasure = (_, text) =>
  [...text].reduce((width, char) => width + (/[\x20-\x7e]/.test(char) ? 0.5 : 1), 0);

const compose = (changes: Partial<OfficialDocument>, base = ONE_PAGE) =>
  composeDocument({ ...base, ...changes }, measure);
const textsOf = (page: ComposedPage | undefined) =>
  (page ?? []).filter((item): item is PlacedText => item.kind === "text");
const rulesOf = (page: ComposedPage | undefined) =>
  (page ?? []).filter((item): item is PlacedRule => item.kind === "rule");
const find = (page: ComposedPage | undefined, text: string | RegExp): PlacedText => {
  const found = textsOf(page).find((item) => (typeof text === "string" ? item.text === text : text.test(item.text)));
  if (!found) throw new Error(`not on the page: ${String(text)}`);
  return found;
};
const right = (item: PlacedText) => item.x + item.width;
/** Number of the line of the block on which a text stands, from 0. */
const lineOf = (item: PlacedText) => Math.floor((item.baseline - BLOCK.top) / PITCH);
const paragraph = (text: string) => ({ kind: "paragraph" as const, text });
const characters = (count: number) => "数".repeat(count);

describe("composeDocument: the head of the first page", () => {
  const [page] = compose({});
  const mark = find(page, ONE_PAGE.issuerMark);
  const number = find(page, ONE_PAGE.number);

  it("starts the issuer's mark 35 mm below the block's top, red and centred", () => {
    const inkTop = mark.baseline - 0.855 * mark.size;
    expect(inkTop - BLOCK.top).toBeCloseTo(mm(35), 1);
    expect(mark.color).toBe("#c3161c");
    expect(mark.x + mark.width / 2).toBeCloseTo(BLOCK.left + BLOCK.width / 2, 6);
  });

  it("draws the red rule 4 mm below the number, as wide as the block", () => {
    const rule = rulesOf(page).find((item) => item.color === "#c3161c");
    const numberBottom = number.baseline + 0.12 * number.size;
    expect((rule?.y ?? 0) - numberBottom).toBeCloseTo(mm(4), 6);
    expect(rule).toMatchObject({ x: BLOCK.left, width: BLOCK.width });
  });

  it.each([
    ["a short one keeps the largest size", "鹤山市政府文件", 42],
    ["a long one is as wide as the block", characters(20), BLOCK.width / 20],
  ])("makes the mark fit: %s", (_, issuerMark, size) => {
    expect(find(compose({ issuerMark })[0], issuerMark).size).toBeCloseTo(size, 6);
  });

  it("shows text of the body on the first page", () => {
    expect(find(page, /^根据/).x).toBeCloseTo(BLOCK.left + (2 * BLOCK.width) / 28, 6);
  });
});

describe("composeDocument: lines", () => {
  it("sets 28 characters to the line, 26 after the indent, and 22 lines to the page", () => {
    const [, page] = compose({ blocks: [paragraph(characters(26 + 28 * 60))] });
    const body = textsOf(page).filter((item) => item.text === characters(28));
    expect(body).toHaveLength(22);
    expect(body.map(lineOf)).toEqual(Array.from({ length: 22 }, (_, line) => line));
    for (const line of body) expect(right(line)).toBeCloseTo(BLOCK.left + BLOCK.width, 6);
    expect((body.at(-1)?.baseline ?? 0) + 0.12 * 16).toBeLessThan(BLOCK.top + BLOCK.height);
  });

  it("fills every line of a paragraph to the edge but the last", () => {
    const text = "共有项目128个，总投资3.45亿元，其中重点项目36个，已完成上云的系统占比92.3%，余下的请按期整改到位。";
    const [page] = compose({ blocks: [paragraph(text)] });
    const lines = textsOf(page).filter((item) => item.size === 16 && text.includes(item.text));
    expect(lines.map((line) => line.text).join("")).toBe(text);
    const blankHalf = 8;
    for (const line of lines.slice(0, -1)) {
      expect(right(line)).toBeGreaterThanOrEqual(BLOCK.left + BLOCK.width - 0.01);
      expect(right(line)).toBeLessThanOrEqual(BLOCK.left + BLOCK.width + blankHalf + 0.01);
    }
  });

  it.each([THREE_PAGES, LONG])("no line starts with a closing mark or ends in an opening one", (document) => {
    for (const { text } of composeDocument(document, measure).flatMap(textsOf)) {
      expect(text).not.toMatch(/^[，。、；：？！）》」』】〕”’％%]/);
      expect(text).not.toMatch(/[（《「『【〔“‘]$/);
    }
  });

  it("puts text after a table in step with the 22 lines again", () => {
    const page = composeDocument(LONG, measure).at(-1);
    const after = find(page, /^指标说明/);
    const onFirstLine = BLOCK.top + (PITCH - 16) / 2 + 0.88 * 16;
    const line = (after.baseline - onFirstLine) / PITCH;
    expect(line).toBeCloseTo(Math.round(line), 6);
  });
});

describe("composeDocument: what stays together", () => {
  const filler = (lines: number) => paragraph(characters(26 + 28 * (lines - 1)));
  const firstPageLines = textsOf(compose({ blocks: [filler(40)] })[0]).filter(({ text }) => /^数+$/.test(text)).length;

  it.each([
    ["the heading that would end a page goes on", firstPageLines - 1, 1],
    ["the heading with a line below it stays", firstPageLines - 2, 0],
  ])("%s", (_, lines, page) => {
    const blocks = [filler(lines), { kind: "heading", level: 1, text: "一、总体情况" } as const, filler(30)];
    const pages = compose({ blocks });
    expect(pages.map((items) => textsOf(items).some((item) => item.text === "一、总体情况")).indexOf(true)).toBe(page);
  });

  it.each(Array.from({ length: 24 }, (_, index) => index + 1))(
    "the signature's page carries two lines of the body when the body has %i lines",
    (lines) => {
      const pages = compose({ blocks: [filler(lines + 1)] });
      const last = pages.find((items) => textsOf(items).some((item) => item.text === ONE_PAGE.signature.date));
      const bodyLines = textsOf(last).filter((item) => /^数+$/.test(item.text));
      expect(bodyLines.length).toBeGreaterThanOrEqual(2);
      expect(textsOf(last).map((item) => item.text)).toContain(ONE_PAGE.signature.issuer);
    },
  );
});

describe("composeDocument: the end of the document", () => {
  it("ends the date four characters before the edge, the issuer centred over it", () => {
    const [page] = compose({});
    const date = find(page, ONE_PAGE.signature.date);
    const issuer = find(page, ONE_PAGE.signature.issuer);
    expect(right(date)).toBeCloseTo(BLOCK.left + (BLOCK.width * 24) / 28, 6);
    expect(issuer.x + issuer.width / 2).toBeCloseTo(date.x + date.width / 2, 6);
    expect(lineOf(date)).toBe(lineOf(issuer) + 1);
  });

  it("lists the annexes one line below the body, without numbers when there is one", () => {
    const { annexes } = LONG;
    const listed = (document: OfficialDocument) =>
      composeDocument(document, measure)
        .flatMap(textsOf)
        .filter((item) => item.size === 16 && item.face === "body")
        .map((item) => item.text)
        .filter((text) => /^(附件：|\d\.|.*考核排名|进度滞后.*要求)$/.test(text));
    expect(listed(LONG)).toEqual(["附件：", "1.", annexes[0]?.title, "2.", annexes[1]?.title]);
    expect(listed(THREE_PAGES)).toEqual(["附件：", THREE_PAGES.annexes[0]?.title]);
    expect(listed(ONE_PAGE)).toEqual([]);
  });

  it("starts each annex on a new page: the label on its first line, the title on its third", () => {
    const page = composeDocument(LONG, measure).find((items) => textsOf(items).some((item) => item.text === "附件2"));
    expect(lineOf(find(page, "附件2"))).toBe(0);
    expect(lineOf(find(page, "进度滞后项目清单及整改要求"))).toBe(2);
  });

  it("draws the imprint at the foot of the last page with rules of 0.35, 0.25 and 0.35 mm", () => {
    const page = compose({ imprint: THREE_PAGES.imprint }).at(-1);
    const rules = rulesOf(page).filter((item) => item.color === "#000000");
    expect(rules.map((item) => item.height)).toEqual([mm(0.35), mm(0.25), mm(0.35)]);
    const last = rules.at(-1);
    expect((last?.y ?? 0) + (last?.height ?? 0)).toBeCloseTo(BLOCK.top + BLOCK.height, 6);
  });

  it.each([
    ["stays on the page that has room for it", 3, 1],
    ["takes a page of its own when the text reaches its place", 6, 2],
  ])("the imprint %s", (_, lines, pages) => {
    expect(compose({ blocks: [paragraph(characters(26 + 28 * (lines - 1)))] })).toHaveLength(pages);
  });
});

describe("composeDocument: every page", () => {
  const pages = composeDocument(LONG, measure);

  it("numbers odd pages one character from the right edge, even ones from the left", () => {
    pages.forEach((page, index) => {
      const number = find(page, `— ${index + 1} —`);
      if (index % 2 === 0) expect(right(number)).toBeCloseTo(BLOCK.left + BLOCK.width - 14, 6);
      else expect(number.x).toBeCloseTo(BLOCK.left + 14, 6);
    });
  });

  it("carries the header note above the block, and none when there is none", () => {
    for (const page of pages) expect(find(page, "演示数据").baseline).toBeLessThan(BLOCK.top);
    const { headerNote: _, ...without } = LONG;
    const plain = composeDocument(without, measure);
    expect(plain.flatMap(textsOf).map((item) => item.text)).not.toContain("演示数据");
    expect(plain).toHaveLength(pages.length);
  });

  it("keeps everything but page number and note inside the block", () => {
    const blankHalf = 8.01;
    for (const page of pages) {
      for (const item of textsOf(page).filter(({ text }) => !/^—|演示数据/.test(text))) {
        expect(item.x).toBeGreaterThanOrEqual(BLOCK.left - 0.01);
        expect(right(item)).toBeLessThanOrEqual(BLOCK.left + BLOCK.width + blankHalf);
        expect(item.baseline).toBeLessThanOrEqual(BLOCK.top + BLOCK.height);
      }
    }
  });
});

describe("composeDocument: tables", () => {
  const table = (rows: string[][]) => ({
    kind: "table" as const,
    columns: [
      { title: "单位", align: "left" as const, widthShare: 3 },
      { title: "得分", align: "right" as const, widthShare: 1 },
    ],
    rows,
  });
  const annexed = (rows: string[][]) =>
    compose({ annexes: [{ label: "附件", title: "排名", blocks: [table(rows)] }] }).slice(1);

  it("repeats the header on every page and loses no row", () => {
    const rows = Array.from({ length: 70 }, (_, index) => [`第${index + 1}名`, String(index)]);
    const pages = annexed(rows);
    expect(pages.length).toBeGreaterThan(2);
    for (const page of pages.filter((items) => textsOf(items).some((item) => item.text.startsWith("第")))) {
      expect(textsOf(page).filter((item) => item.text === "得分")).toHaveLength(1);
    }
    const shown = pages.flatMap(textsOf).map((item) => item.text);
    expect(shown.filter((text) => text.startsWith("第"))).toEqual(rows.map(([name]) => name));
  });

  it("never cuts a row: the lines of a cell stand on one page", () => {
    const rows = Array.from({ length: 40 }, (_, index) => [`${index}：${characters(60)}。`, "1"]);
    const seen = annexed(rows).map((page) => textsOf(page).map((item) => item.text));
    for (const page of seen) {
      const starts = page.filter((text) => /^\d+：/.test(text)).length;
      expect(page.filter((text) => text.endsWith("。"))).toHaveLength(starts);
    }
  });

  it("goes on in a second row only when a row is higher than a page", () => {
    const pages = annexed([[characters(26 * 90), "1"]]);
    const shown = pages
      .flatMap(textsOf)
      .filter((item) => item.size === 12 && /^数+$/.test(item.text))
      .reduce((sum, item) => sum + item.text.length, 0);
    expect(shown).toBe(26 * 90);
    for (const item of pages.flatMap(textsOf)) expect(item.baseline).toBeLessThan(mm(297));
  });

  it.each([
    ["left", 0],
    ["right", 1],
  ])("aligns a column's texts %s", (_, column) => {
    const page = annexed([
      ["甲局", "96.50"],
      ["乙丙丁局", "8.00"],
    ]).at(-1);
    const [first, second] = column === 0 ? ["甲局", "乙丙丁局"] : ["96.50", "8.00"];
    const edge = (item: PlacedText) => (column === 0 ? item.x : right(item));
    expect(edge(find(page, first ?? ""))).toBeCloseTo(edge(find(page, second ?? "")), 6);
  });
});
