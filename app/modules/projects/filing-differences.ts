import { fen, formatWan } from "~/kernel/fen";
import {
  ATTACHMENT_KINDS,
  BUDGET_CATEGORIES,
  FORMAT_CLASSES,
  FUNDING_SOURCES,
  GOAL_OPERATORS,
  HOSTINGS,
  keysOf,
  PROJECT_CLASSES,
  PROJECT_NATURES,
  SHORTCUTS,
  SHARING_METHODS,
  SHARING_TYPES,
  UPDATE_CYCLES,
} from "~/kernel/vocabulary";

import { FILING_FIELDS } from "./filing.refusals";
import { FILING_SECTIONS } from "./filing.types";
import { HOSTING_EXEMPTIONS } from "./hosting.rules";

/** One thing that is not what it was: a text before and after, or the rows that went and came. */
export interface FilingDifference {
  readonly section: string;
  readonly field: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** What a field of the filing is called. */
export const fieldWord = (field: string): string => FIELD_WORDS[field] ?? field;

/** Words of fields that FILING_FIELDS does not know, because no single input holds them. */
const FIELD_WORDS: Readonly<Record<string, string>> = {
  ...FILING_FIELDS,
  year: "年度",
  partners: "参与单位",
  milestones: "里程碑",
  goals: "绩效目标",
  lines: "概算明细",
  years: "分年度安排",
  sources: "资金来源",
  resources: "数据资源",
  demands: "数据需求",
  noDataStatement: "不产生数据的说明",
  exemption: "豁免理由",
  components: "统一组件",
  attachments: "附件",
  differenceStatement: "差异说明",
};

const VALUE_WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  class: PROJECT_CLASSES,
  shortcut: SHORTCUTS,
  secret: { yes: "涉密", no: "非涉密" },
  nature: PROJECT_NATURES,
  hosting: HOSTINGS,
  exemption: HOSTING_EXEMPTIONS,
  category: BUDGET_CATEGORIES,
  source: FUNDING_SOURCES,
  operator: GOAL_OPERATORS,
  kind: ATTACHMENT_KINDS,
  formatClass: FORMAT_CLASSES,
  sharingType: SHARING_TYPES,
  method: SHARING_METHODS,
  updateCycle: UPDATE_CYCLES,
  frequency: UPDATE_CYCLES,
  role: { lead: "牵头", co: "配合" },
  decision: { reuse: "复用", notFitting: "不适用", notReused: "适用但不复用" },
};

/** Fields of forms that hold amounts as they are typed. */
const TYPED_WAN: readonly string[] = ["declared", "feasibility", "amount", "unitPrice"];

/** A row of a list reads in this order, whatever order the database kept its keys in; other keys say nothing to a reader. */
const ROW_ORDER = [
  ...["role", "mention", "kind", "fileName", "category", "year", "source", "name", "wanted", "plannedOn"],
  ...["providerName", "items", "formatClass", "sharingType", "legalBasis", "summary", "method", "updateCycle"],
  ...["frequency", "scene"],
  ...[
    "operator",
    "target",
    "quantity",
    "measureUnit",
    "unitPriceFen",
    "unitPrice",
    "declaredFen",
    "amountFen",
    "amount",
  ],
  ...["cumulativePercent", "decision", "reason"],
];
/** What stands before a part of a row when it is not a dot: an indicator and a line of money read as formulas. */
const JOINTS: Readonly<Record<string, string>> = {
  operator: " ",
  target: " ",
  measureUnit: " ",
  unitPriceFen: " × ",
  unitPrice: " × ",
  declaredFen: " = ",
};
const FIELD_ORDER = Object.keys(FIELD_WORDS);
const SECTION_ORDER: readonly string[] = keysOf(FILING_SECTIONS);

/**
 * What changed between two frozen submissions, field by field; of lists only the rows that went and those that came. It
 * reads whatever shape was frozen then, so that an old round stays comparable.
 * @source domain.md §3; product: "answer a return with a list of what changed"
 */
export function filingDifferences(before: unknown, after: unknown): FilingDifference[] {
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...was.keys(), ...is.keys()])].sort(byReadingOrder).flatMap((path) => {
    const [old, now] = [was.get(path) ?? [], is.get(path) ?? []];
    const [gone, come] = [without(old, now), without(now, old)];
    if (gone.length + come.length === 0) return [];
    const [section = "", field = ""] = path.split(".");
    return [{ section: sectionWord(section), field: fieldWord(field), before: gone, after: come }];
  });
}

/** What the order does not know comes last. */
const rank = (order: readonly string[], key: string): number =>
  order.includes(key) ? order.indexOf(key) : order.length;

function byReadingOrder(one: string, other: string): number {
  const [[sectionA = "", fieldA = ""], [sectionB = "", fieldB = ""]] = [one.split("."), other.split(".")];
  return (
    rank(SECTION_ORDER, sectionA) - rank(SECTION_ORDER, sectionB) ||
    rank(FIELD_ORDER, fieldA) - rank(FIELD_ORDER, fieldB)
  );
}

/** Rows of `rows` that `others` lack, each as often as it is lacking. */
function without(rows: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return rows.filter((row) => {
    const at = left.indexOf(row);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

const sectionWord = (section: string): string =>
  section in FILING_SECTIONS ? FILING_SECTIONS[section as keyof typeof FILING_SECTIONS] : "提交前检查";

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** "section.field" → its lines of text. Sections that are lists or plain texts are their own only field. */
function fieldsOf(content: unknown): Map<string, string[]> {
  if (!isObject(content)) return new Map();
  return new Map(
    Object.entries(content).flatMap(([section, value]) =>
      isObject(value)
        ? Object.entries(value).map(([field, inner]): [string, string[]] => [
            `${section}.${field}`,
            linesOf(field, inner),
          ])
        : [[`${section}.${section}`, linesOf(section, value)] as [string, string[]]],
    ),
  );
}

/** A field as a reader sees it, one line for each row of a list; also of what a form holds. */
export function linesOf(key: string, value: unknown): string[] {
  if (Array.isArray(value)) return value.map((row: unknown) => wordsOf(key, row)).filter(Boolean);
  const words = wordsOf(key, value);
  return words ? [words] : [];
}

function wordsOf(key: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((part: unknown) => wordsOf(key, part)).join("、");
  if (isObject(value)) {
    return ROW_ORDER.filter((inner) => inner in value)
      .map((inner) => [inner, wordsOf(inner, value[inner])] as const)
      .filter(([, words]) => words !== "")
      .reduce((row, [inner, words]) => (row === "" ? words : `${row}${JOINTS[inner] ?? " · "}${words}`), "");
  }
  if (typeof value === "boolean") return value ? "是" : "否";
  if (typeof value === "number") {
    if (key.endsWith("Fen")) return `${formatWan(fen(value))} 万元`;
    return key === "cumulativePercent" ? `${value}%` : String(value);
  }
  if (typeof value !== "string") return "";
  // the database keeps two decimals: 2.00 年
  if (key === "quantity" && /^\d+\.\d+$/.test(value)) return String(Number(value));
  if (value && key === "cumulativePercent") return `${value}%`;
  return value && TYPED_WAN.includes(key) ? `${value} 万元` : (VALUE_WORDS[key]?.[value] ?? value);
}
