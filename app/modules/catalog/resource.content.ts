import { z } from "zod";

import {
  FORMAT_CLASSES,
  ITEM_DATA_TYPES,
  keysOf,
  SHARING_METHODS,
  SHARING_TYPES,
  UPDATE_CYCLES,
  type ItemDataType,
} from "~/kernel/vocabulary";

/** Longest list of items that one entry may have; a wider table is several resources. */
const MOST_ITEMS = 500;
const MOST_RELATED = 50;

const optionalText = (label: string, max: number) =>
  z.string().trim().max(max, `${label}最多 ${max} 个字`).optional().default("");

/** An unticked box is absent from a form, a ticked one says "on"; what is already a boolean stays. */
const ticked = z.preprocess((value) => value === true || value === "on" || value === "true", z.boolean());

/** A choice that may be left open. */
const orNone = <T extends z.ZodType>(choice: T) =>
  z.preprocess((value) => (value === "" || value === undefined ? null : value), choice.nullable());

/** Codes in one text, 「101001/000001、101001/000002」, or already apart. */
function splitCodes(value: unknown): unknown {
  if (value === undefined) return [];
  if (typeof value !== "string") return value;
  return [...new Set(value.split(/[、,，;；\s]+/).filter((code) => code !== ""))];
}

const itemSchema = z.object({
  name: z.string("请填写信息项名称").trim().min(1, "请填写信息项名称").max(100, "信息项名称最多 100 个字"),
  dataType: z.enum(ITEM_DATA_TYPES, "请选择数据类型").optional().default("字符型"),
  length: orNone(z.coerce.number("长度请填数字").int("长度请填整数").max(1_000_000_000, "长度过大，请核对")),
  required: ticked,
  isKey: ticked,
});

/**
 * The whole content of a catalog entry: what a person types in, what a row of a sheet says, and what an edition keeps.
 * Types only; whether an entry may stand in the catalog is decided by `resource.rules`.
 * @source domain.md §4
 */
export const resourceSchema = z.object({
  name: z.string("请填写资源名称").trim().min(2, "资源名称至少 2 个字").max(100, "资源名称最多 100 个字"),
  categoryCode: z.string("请选择资源分类").regex(/^\d{6,}$/, "请选择到“目”一级的资源分类"),
  summary: z.string("请填写资源摘要").trim().min(4, "资源摘要至少 4 个字").max(500, "资源摘要最多 500 个字"),
  formatClass: z.enum(keysOf(FORMAT_CLASSES), "请选择资源格式"),
  formatType: optionalText("格式类型", 50),
  items: z
    .array(itemSchema)
    .max(MOST_ITEMS, `信息项最多 ${MOST_ITEMS} 个，请拆成几个资源`)
    .optional()
    .default(() => []),
  sharingType: z.enum(keysOf(SHARING_TYPES), "请选择共享类型"),
  legalBasis: optionalText("不予共享依据", 300),
  conditions: optionalText("共享条件", 300),
  method: orNone(z.enum(keysOf(SHARING_METHODS), "请选择共享方式")),
  openToPublic: ticked,
  openConditions: optionalText("开放条件", 300),
  updateCycle: z.enum(keysOf(UPDATE_CYCLES), "请选择更新周期"),
  systemId: orNone(z.uuid("请从列表中选择来源系统")),
  basicDatabaseCode: orNone(z.string().max(30)),
  matter: optionalText("对应事项", 200),
  material: optionalText("对应材料", 200),
  relatedCodes: z.preprocess(
    splitCodes,
    z
      .array(z.string().max(30, "关联资源请填资源代码，例如 101001/000001"))
      .max(MOST_RELATED, `关联资源最多 ${MOST_RELATED} 个`),
  ),
});
export type ResourceContent = z.output<typeof resourceSchema>;
export type ResourceItem = ResourceContent["items"][number];

/** Other words for the data types, in sheets and in database tools. */
const TYPE_SYNONYMS: Readonly<Record<string, ItemDataType>> = {
  字符: "字符型",
  字符串: "字符型",
  字符串型: "字符型",
  文本: "字符型",
  文本型: "字符型",
  c: "字符型",
  char: "字符型",
  varchar: "字符型",
  varchar2: "字符型",
  string: "字符型",
  数值: "数值型",
  数字: "数值型",
  数字型: "数值型",
  n: "数值型",
  number: "数值型",
  decimal: "数值型",
  numeric: "数值型",
  货币: "货币型",
  y: "货币型",
  日期: "日期型",
  d: "日期型",
  date: "日期型",
  日期时间: "日期时间型",
  时间: "日期时间型",
  时间型: "日期时间型",
  t: "日期时间型",
  datetime: "日期时间型",
  timestamp: "日期时间型",
  逻辑: "逻辑型",
  布尔: "逻辑型",
  布尔型: "逻辑型",
  l: "逻辑型",
  boolean: "逻辑型",
  备注: "备注型",
  m: "备注型",
  text: "备注型",
  clob: "备注型",
  通用: "通用型",
  g: "通用型",
  blob: "通用型",
  双精度: "双精度型",
  b: "双精度型",
  double: "双精度型",
  整数: "整型",
  整数型: "整型",
  i: "整型",
  int: "整型",
  integer: "整型",
  bigint: "整型",
  浮点: "浮点型",
  浮点数: "浮点型",
  f: "浮点型",
  float: "浮点型",
};

/** The data type that a word means; undefined when it is none that the catalog knows. */
function readDataType(word: string): ItemDataType | undefined {
  const folded = word.normalize("NFKC").trim().toLowerCase();
  return ITEM_DATA_TYPES.find((type) => type === folded) ?? TYPE_SYNONYMS[folded];
}

/** Separators between items; a comma inside the parentheses of a length, as in (18,2), separates nothing. */
const BETWEEN_ITEMS = /[、,，;；\n](?![^(（]*[)）])/;

/**
 * Reads the items that a person writes into one cell: 「名称:类型(长度)*」, separated by 、 ， ； or a new line. Type, length
 * and mark may each be left out: `*` marks the key, `!` a required item. A text that marks no key at all names the record
 * by its first item, as lists of items do. A word that is no data type stays with the name, so that nothing is lost.
 */
export function parseItems(text: string): ResourceItem[] {
  const items = text
    .split(BETWEEN_ITEMS)
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map(parseItem);
  const [first, ...others] = items;
  if (!first || items.some((item) => item.isKey)) return items;
  return [{ ...first, isKey: true, required: true }, ...others];
}

function parseItem(part: string): ResourceItem {
  const [, body = part, mark = ""] = /^(.*?)\s*([*＊!！]?)$/.exec(part) ?? [];
  const isKey = mark === "*" || mark === "＊";
  const marks = { isKey, required: mark !== "" };
  const [, name = "", typed = ""] = /^([^:：]+)[:：](.+)$/.exec(body) ?? [];
  const [, word = "", size = ""] = /^([^(（]+)(.*)$/.exec(typed.trim()) ?? [];
  const [, length = ""] = /^[(（]\s*(\d{1,9})/.exec(size) ?? [];
  const dataType = readDataType(word);
  if (!dataType) return { name: body.trim(), dataType: "字符型", length: null, ...marks };
  return { name: name.trim(), dataType, length: length === "" ? null : Number(length), ...marks };
}

/** Writes items into one cell, so that `parseItems` reads the same again. */
export function itemsText(items: readonly ResourceItem[]): string {
  return items
    .map(({ name, dataType, length, required, isKey }) => {
      const mark = isKey ? "*" : required ? "!" : "";
      return `${name}:${dataType}${length === null ? "" : `(${length})`}${mark}`;
    })
    .join("、");
}
