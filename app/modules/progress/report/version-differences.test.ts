import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";

import type { SignedContent } from "./signed-content";
import { versionDifferences } from "./version-differences";

const NAMES = { m1: "需求确认", m2: "系统开发" };
const first: SignedContent = {
  plannedPercent: "20.0000",
  actualPercent: "18.5000",
  doneThisMonth: "完成需求调研",
  nextMonth: "开发巡检模块",
  problems: "",
  mattersToSettle: "",
  spentFen: 0,
  spentTotalFen: 1_000_000,
  claims: [],
  files: [],
  light: "green",
  lightReasons: [],
  filledBy: "u1",
};
const claim = (milestoneId: string, on: string) => ({
  milestoneId,
  completedOn: localDate(on),
  evidence: "评审会议纪要",
});

describe("versionDifferences", () => {
  it.each<[string, Partial<SignedContent>, unknown[]]>([
    ["nothing changed", {}, []],
    ["the same percentage written otherwise", { actualPercent: "18.5" }, []],
    ["a percentage", { actualPercent: "19.0000" }, [{ label: "实际进度", before: "18.5%", after: "19%" }]],
    ["a text that came", { problems: "接口未定" }, [{ label: "存在问题", before: "", after: "接口未定" }]],
    ["the light", { light: "yellow" }, [{ label: "进度灯", before: "正常", after: "预警" }]],
    ["money of finance", { spentFen: 5_000_000 }, [{ label: "本月支付", before: "0.00 万元", after: "5.00 万元" }]],
    [
      "a milestone that is proven",
      { claims: [claim("m1", "2026-06-28")] },
      [{ label: "里程碑完成情况", before: "", after: "需求确认 · 2026-06-28 · 评审会议纪要" }],
    ],
    [
      "files of a milestone and of the month",
      {
        files: [
          { id: "f1", milestoneId: "m1", name: "纪要.pdf" },
          { id: "f2", milestoneId: null, name: "照片.png" },
        ],
      },
      [{ label: "佐证材料", before: "", after: "本月：照片.png\n需求确认：纪要.pdf" }],
    ],
    ["who filled it is no difference", { filledBy: "u2" }, []],
  ])("%s", (_name, change, expected) => {
    expect(versionDifferences(first, { ...first, ...change }, NAMES)).toEqual(expected);
  });

  it("the order of claims does not matter", () => {
    const [one, two] = [claim("m1", "2026-06-28"), claim("m2", "2026-06-30")];
    expect(versionDifferences({ ...first, claims: [one, two] }, { ...first, claims: [two, one] }, NAMES)).toEqual([]);
  });

  it("a version of before files were kept says nothing of them", () => {
    const { files: _files, lightReasons: _reasons, ...old } = first;
    expect(versionDifferences(old, first, NAMES)).toEqual([]);
  });
});
