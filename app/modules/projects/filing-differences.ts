import { fen, formatWan } from "~/kernel/fen";
import {
  ATTACHMENT_KINDS,
  BUDGET_CATEGORIES,
  FORMAT_CLASSES,
  FUNDING_SOURCES,
  GOAL_OPERATORS,
  HOSTINGS,
  PROJECT_CLASSES,
  PROJECT_NATURES,
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

/** Keys that mean nothing to a reader. */
const UNSPOKEN = new Set(["id", "code"]);

/**
 * What changed between two frozen submissions, field by field; of lists only the rows that went and those that came. It
 * reads whatever shape was frozen then, so that an old round stays comparable.
 * @source domain.md §3; product: "answer a return with a list of what changed"
 */
export function filingDifferences(before: unknown, after: unknown): FilingDifference[] {
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((path) => {
    const [old, now] = [was.get(path) ?? [], is.get(path) ?? []];
    const [gone, come] = [without(old, now), without(now, old)];
    if (gone.length + come.length === 0) return [];
    const [section = "", field = ""] = path.split(".");
    return [{ section: sectionWord(section), field: FIELD_WORDS[field] ?? field, before: gone, after: come }];
  });
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

function linesOf(key: string, value: unknown): string[] {
  if (Array.isArray(value)) return value.map((row: unknown) => wordsOf(key, row)).filter(Boolean);
  const words = wordsOf(key, value);
  return words ? [words] : [];
}

function wordsOf(key: string, value: unknown): string {
  if (isObject(value)) {
    return Object.entries(value)
      .filter(([inner]) => !UNSPOKEN.has(inner))
      .map(([inner, part]) => wordsOf(inner, part))
      .filter(Boolean)
      .join(" · ");
  }
  if (typeof value === "boolean") return value ? "是" : "否";
  if (typeof value === "number") return key.endsWith("Fen") ? `${formatWan(fen(value))} 万元` : String(value);
  return typeof value === "string" ? (VALUE_WORDS[key]?.[value] ?? value) : "";
}
