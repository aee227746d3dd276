import {
  FORMAT_CLASSES,
  keysOf,
  SHARING_METHODS,
  SHARING_TYPES,
  UPDATE_CYCLES,
  type FormatClass,
  type SharingMethod,
  type SharingType,
  type UpdateCycle,
} from "~/kernel/vocabulary";
import type { SheetColumn } from "~/platform/xlsx/header-match";
import type { TableRow } from "~/platform/xlsx/table-from-grid";
import { readChoice, type Choice } from "~/platform/xlsx/text-values";

import { resourceSchema, type ResourceInput } from "./catalog.schema";

/** The columns of a catalog sheet, in the words that real sheets use for them. */
export const RESOURCE_COLUMNS: readonly SheetColumn[] = [
  {
    key: "name",
    title: "资源名称",
    synonyms: ["信息资源名称", "数据集名称", "数据资源名称", "目录名称", "名称"],
    required: true,
  },
  {
    key: "category",
    title: "资源分类",
    synonyms: ["分类", "信息资源分类", "所属分类", "目"],
    required: true,
    fillMerged: true,
  },
  { key: "summary", title: "资源摘要", synonyms: ["摘要", "信息资源摘要", "数据摘要", "描述", "说明"], required: true },
  { key: "formatClass", title: "资源格式", synonyms: ["格式", "信息资源格式", "格式分类", "数据格式"], required: true },
  { key: "items", title: "信息项", synonyms: ["数据项", "信息项名称", "字段"], required: true },
  { key: "sharingType", title: "共享类型", synonyms: ["共享属性"], required: true },
  { key: "legalBasis", title: "不予共享依据", synonyms: ["依据", "法律依据"] },
  { key: "conditions", title: "共享条件", synonyms: ["使用条件"] },
  { key: "method", title: "共享方式", synonyms: ["提供方式"], required: true },
  { key: "updateCycle", title: "更新周期", synonyms: ["更新频率"], required: true },
];

const choices = <Value extends string>(
  set: Record<Value, string>,
  synonyms: Partial<Record<Value, readonly string[]>> = {},
): Choice<Value>[] => keysOf(set).map((value) => ({ value, label: set[value], synonyms: synonyms[value] ?? [] }));

const FORMATS = choices<FormatClass>(FORMAT_CLASSES, {
  spreadsheet: ["xls", "xlsx", "csv", "et"],
  document: ["doc", "docx", "pdf", "wps", "ofd", "txt"],
  image: ["jpg", "png", "图片", "tif"],
  selfDescribing: ["json", "xml"],
  service: ["接口", "api"],
});
const SHARINGS = choices<SharingType>(SHARING_TYPES, {
  unconditional: ["无条件"],
  conditional: ["有条件"],
  none: ["不予", "不共享"],
});
const METHODS = choices<SharingMethod>(SHARING_METHODS, {
  interface: ["服务接口", "api"],
  database: ["库表", "库表交换"],
});
const CYCLES = choices<UpdateCycle>(UPDATE_CYCLES, {
  daily: ["日", "每天"],
  weekly: ["周"],
  monthly: ["月"],
  quarterly: ["季", "季度"],
  yearly: ["年"],
  irregular: ["其他", "按需"],
});

/** What one column of one row got wrong, in words that name the column. */
export interface CellProblem {
  readonly column: string;
  readonly message: string;
}

export type RowReading =
  | { readonly ok: true; readonly input: ResourceInput }
  | { readonly ok: false; readonly problems: readonly CellProblem[] };

const titleOf = (key: string): string => RESOURCE_COLUMNS.find((column) => column.key === key)?.title ?? key;

/** Reads one row of a catalog sheet; every problem is named with its column, all at once. */
export function readResourceRow(
  { values }: TableRow,
  categories: readonly { readonly value: string; readonly label: string }[],
): RowReading {
  const text = (key: string): string => values[key]?.text.trim() ?? "";
  const problems: CellProblem[] = [];
  const choose = <Value extends string>(key: string, options: readonly Choice<Value>[]): Value | undefined => {
    const value = readChoice(text(key), options);
    if (value === undefined && text(key) !== "") {
      const allowed = options.map((option) => option.label).join("、");
      problems.push({ column: titleOf(key), message: `不认识“${text(key)}”，请填写：${allowed}` });
    }
    return value;
  };
  const category = categories.find(({ value, label }) => {
    const wanted = text("category");
    return wanted === value || wanted === label || wanted === label.split(" / ").at(-1);
  });
  if (!category) {
    const problem = text("category") === "" ? "未填写" : `没有“${text("category")}”这个分类，请填写分类名称或六位代码`;
    problems.push({ column: titleOf("category"), message: problem });
  }
  const parsed = resourceSchema.safeParse({
    name: text("name") || undefined,
    categoryCode: category?.value,
    summary: text("summary") || undefined,
    formatClass: choose("formatClass", FORMATS),
    items: text("items") || undefined,
    sharingType: choose("sharingType", SHARINGS),
    legalBasis: text("legalBasis"),
    conditions: text("conditions"),
    method: choose("method", METHODS),
    updateCycle: choose("updateCycle", CYCLES),
  });
  if (!parsed.success) {
    const named = new Set(problems.map((problem) => problem.column));
    for (const issue of parsed.error.issues) {
      const key = String(issue.path[0]);
      const column = key === "categoryCode" ? titleOf("category") : titleOf(key);
      if (!named.has(column)) problems.push({ column, message: issue.message });
    }
  }
  return problems.length === 0 && parsed.success ? { ok: true, input: parsed.data } : { ok: false, problems };
}
