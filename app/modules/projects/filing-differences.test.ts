import { describe, expect, it } from "vitest";

import { fen } from "~/kernel/fen";

import { filingDifferences } from "./filing-differences";
import { COMPLETE_FILING } from "./filing.fixtures";
import type { Filing } from "./filing.types";

const changed = (change: (filing: Filing) => Partial<Filing>): Filing => ({
  ...COMPLETE_FILING,
  ...change(COMPLETE_FILING),
});

describe("filingDifferences", () => {
  it.each<[string, unknown, unknown, ReturnType<typeof filingDifferences>]>([
    ["the same filing twice: nothing", COMPLETE_FILING, structuredClone(COMPLETE_FILING), []],
    [
      "a text that was changed",
      COMPLETE_FILING,
      changed(({ goals }) => ({ goals: { ...goals, need: "管网事故频发" } })),
      [{ section: "需求与目标", field: "建设必要性", before: ["地下管网底数不清"], after: ["管网事故频发"] }],
    ],
    [
      "a choice in its words, an emptied field without an after",
      COMPLETE_FILING,
      changed(({ basics }) => ({ basics: { ...basics, nature: "rebuild", basis: "" } })),
      [
        { section: "基本信息", field: "建设性质", before: ["新建"], after: ["升级改造"] },
        { section: "基本信息", field: "立项依据", before: ["全市数字政府改革建设方案"], after: [] },
      ],
    ],
    [
      "an amount in 万元, and of the lines only the one that changed",
      COMPLETE_FILING,
      changed(({ money }) => ({
        money: {
          ...money,
          lines: money.lines.map((line, i) => (i === 1 ? { ...line, declaredFen: fen(90_000_000) } : line)),
        },
      })),
      [
        {
          section: "资金概算",
          field: "概算明细",
          before: ["云服务 · 云服务 · 2 年 × 50.00 万元 = 100.00 万元"],
          after: ["云服务 · 云服务 · 2 年 × 50.00 万元 = 90.00 万元"],
        },
      ],
    ],
    [
      "an attachment that came twice comes once more",
      COMPLETE_FILING,
      changed(({ attachments }) => ({
        attachments: [...attachments, { id: "a9", kind: "application", fileName: "申报书.pdf" }],
      })),
      [{ section: "附件材料", field: "附件", before: [], after: ["申报书 · 申报书.pdf"] }],
    ],
    [
      "the difference statement, which stands in no section",
      COMPLETE_FILING,
      changed(() => ({ differenceStatement: "服务对象不同" })),
      [{ section: "提交前检查", field: "差异说明", before: [], after: ["服务对象不同"] }],
    ],
    [
      "rows in another order: nothing",
      {
        data: {
          resources: [
            { id: "1", name: "甲" },
            { id: "2", name: "乙" },
          ],
        },
      },
      {
        data: {
          resources: [
            { id: "2", name: "乙" },
            { id: "1", name: "甲" },
          ],
        },
      },
      [],
    ],
    [
      "keys in the database's own order: sections, fields and rows still read in ours",
      { money: { lines: [] }, goals: { goals: [], need: "" } },
      {
        money: { lines: [{ name: "云服务", category: "cloud", declaredFen: 1_000_000, measureUnit: "年" }] },
        goals: { goals: [{ name: "入库率", target: "95", operator: "atLeast" }], need: "急需" },
      },
      [
        { section: "需求与目标", field: "建设必要性", before: [], after: ["急需"] },
        { section: "需求与目标", field: "绩效目标", before: [], after: ["入库率 ≥ 95"] },
        { section: "资金概算", field: "概算明细", before: [], after: ["云服务 · 云服务 年 = 1.00 万元"] },
      ],
    ],
    [
      "a data resource with its items and sharing in words",
      { data: { resources: [] } },
      {
        data: {
          resources: [
            { id: "r", name: "管线", items: ["埋深", "管径"], sharingType: "conditional", updateCycle: "daily" },
          ],
        },
      },
      [{ section: "数据目录", field: "数据资源", before: [], after: ["管线 · 埋深、管径 · 有条件共享 · 每日"] }],
    ],
    [
      "a content of another shape does not fail",
      null,
      { data: "旧格式" },
      [{ section: "数据目录", field: "data", before: [], after: ["旧格式"] }],
    ],
  ])("%s", (_name, before, after, expected) => {
    expect(filingDifferences(before, after)).toEqual(expected);
  });
});
