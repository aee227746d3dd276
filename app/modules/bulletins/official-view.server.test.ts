import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";

import { eventfulMonth } from "./bulletin.fixture";
import { composeBulletin } from "./compose-bulletin.rules";
import { toOfficialDocumentView, type Issue } from "./official-view.server";

const issue: Issue = {
  issuerMark: "鹤山市政务服务数据管理局文件",
  number: "鹤数政通〔2026〕8号",
  signedOn: localDate("2026-07-09"),
  printedOn: localDate("2026-07-10"),
  printedBy: "鹤山市政务服务数据管理局办公室",
  signedAt: "2026-07-09T02:00:00.000Z",
};
const content = composeBulletin(eventfulMonth);

describe("the official document", () => {
  const view = toOfficialDocumentView({ ...content }, { ...issue, copyTo: "市纪委监委机关" });

  it("closes the addressees and the copy list as the standard asks", () => {
    expect([view.addressees, view.imprint.copyTo]).toEqual([
      "各镇（街）政府（办事处），市直各部门：",
      "市纪委监委机关。",
    ]);
  });

  it("writes dates without leading zeros", () => {
    expect([view.signature.date, view.imprint.printedOn]).toEqual(["2026年7月9日", "2026年7月10日印发"]);
  });

  it("fills the figures into the text", () => {
    expect(view.blocks).toContainEqual({
      kind: "paragraph",
      text: "本期应报月报20份，按时报送16份，按时报送率80.00%；迟报3份，缺报1份。",
    });
  });

  it("keeps the two levels of headings", () => {
    const headings = view.blocks.flatMap((block) => (block.kind === "heading" ? [`${block.level} ${block.text}`] : []));
    expect(headings.slice(0, 3)).toEqual(["1 一、总体情况", "1 二、主要成效", "2 （一）考核得分靠前的单位"]);
  });

  it("numbers several annexes, each with a table whose rows fit its columns", () => {
    expect(view.annexes.map(({ label }) => label)).toEqual([
      "附件1",
      "附件2",
      "附件3",
      "附件4",
      "附件5",
      "附件6",
      "附件7",
    ]);
    for (const block of view.annexes.flatMap(({ blocks }) => blocks)) {
      if (block.kind === "table") for (const row of block.rows) expect(row).toHaveLength(block.columns.length);
    }
  });
});

it("a single annex carries no number", () => {
  expect(toOfficialDocumentView({ ...content, annexes: content.annexes.slice(0, 1) }, issue).annexes[0]?.label).toBe(
    "附件",
  );
});

it("leaves out what the issue does not have", () => {
  const view = toOfficialDocumentView(content, issue);
  expect(["headerNote" in view, "copyTo" in view.imprint]).toEqual([false, false]);
});
