import { describe, expect, it } from "vitest";

import { contentDifferences, isUnchanged, type ContentDifferences } from "./content-differences";
import type { ResourceContent } from "./resource.content";
import { anEntry, anItem } from "./resource.fixture";

const names = {
  categories: { "101001": "人口 / 自然人基本信息" },
  basicDatabases: { population: "人口" },
  systems: { "own-system": "智慧管网" },
};
const base = anEntry({ items: [anItem("编号", { isKey: true, length: 64 }), anItem("管径"), anItem("材质")] });
const changed = (more: Partial<ResourceContent>): ContentDifferences =>
  contentDifferences(base, { ...base, ...more }, names);

describe("contentDifferences", () => {
  it.each<[string, Partial<ResourceContent>, Partial<ContentDifferences>]>([
    ["nothing", {}, {}],
    [
      "a field with words of its own",
      { updateCycle: "weekly" },
      { fields: [{ label: "更新周期", before: "每月", after: "每周" }] },
    ],
    [
      "a pointer by its name, a blank as a blank",
      { basicDatabaseCode: "population", systemId: "own-system", method: null },
      {
        fields: [
          { label: "共享方式", before: "接口", after: "" },
          { label: "所属基础库", before: "", after: "人口" },
          { label: "来源系统", before: "", after: "智慧管网" },
        ],
      },
    ],
    [
      "an item more",
      { items: [...base.items, anItem("年代", { dataType: "日期型" })] },
      { items: [{ kind: "added", name: "年代", before: "", after: "日期型" }] },
    ],
    [
      "an item less",
      { items: base.items.slice(0, 2) },
      { items: [{ kind: "removed", name: "材质", before: "字符型", after: "" }] },
    ],
    [
      "an item of another kind",
      { items: [base.items[0] ?? anItem(""), anItem("管 径", { dataType: "数值型", required: true }), anItem("材质")] },
      { items: [{ kind: "changed", name: "管 径", before: "字符型", after: "数值型，必填" }] },
    ],
    ["another order", { items: [...base.items].reverse() }, { reordered: true }],
  ])("%s", (_name, more, expected) => {
    const differences = changed(more);
    expect(differences).toEqual({ fields: [], items: [], reordered: false, ...expected });
    expect(isUnchanged(differences)).toBe(Object.keys(expected).length === 0);
  });
});
