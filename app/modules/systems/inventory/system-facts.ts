import type { LocalDate } from "~/kernel/local-date";
import { HOSTINGS, keysOf, OWNERSHIPS, type Hosting, type Ownership } from "~/kernel/vocabulary";

/** What the inventory says of a system and a person may write; state, unit and retirement have verbs of their own. */
export interface SystemFacts {
  readonly name: string;
  readonly purpose: string;
  readonly ownership: Ownership;
  readonly secret: boolean;
  readonly mlpsLevel: number | null;
  readonly mlpsFilingNumber: string;
  readonly mlpsFiledOn: LocalDate | null;
  readonly hosting: Hosting;
  readonly location: string;
  readonly backedUp: boolean;
  readonly builder: string;
  readonly contactName: string;
  readonly contactPhone: string;
  readonly launchedOn: LocalDate | null;
  readonly tags: readonly string[];
  readonly operatorUnitId: string | null;
  readonly projectId: string | null;
}

export type FactField = keyof SystemFacts;

/** The words of the facts, in the order in which forms, sheets and histories show them. */
export const FACT_TITLES: Readonly<Record<FactField, string>> = {
  name: "系统名称",
  purpose: "主要用途",
  ownership: "建设层级",
  secret: "是否涉密",
  mlpsLevel: "等保级别",
  mlpsFilingNumber: "等保备案编号",
  mlpsFiledOn: "等保备案日期",
  hosting: "部署方式",
  location: "部署地点",
  backedUp: "数据备份",
  builder: "承建单位",
  contactName: "联系人",
  contactPhone: "联系电话",
  launchedOn: "上线日期",
  tags: "标签",
  operatorUnitId: "运营单位",
  projectId: "来源项目",
};

export const MLPS_LEVELS: Readonly<Record<string, string>> = {
  "1": "一级",
  "2": "二级",
  "3": "三级",
  "4": "四级",
  "5": "五级",
};

/** Tags apart from each other, as people type them. */
export const splitTags = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,，、;；\s]+/)
      .map((tag) => tag.trim())
      .filter(Boolean),
  ),
];
export const sayTags = (tags: readonly string[]): string => tags.join("、");

/** The names of units and projects that facts point to, by id. */
export type FactNames = ReadonlyMap<string, string>;

/** A fact as a person reads it; "" when nothing is said. */
export function sayFact(field: FactField, facts: SystemFacts, names: FactNames): string {
  const value = facts[field];
  switch (field) {
    case "ownership":
      return OWNERSHIPS[facts.ownership];
    case "hosting":
      return HOSTINGS[facts.hosting];
    case "secret":
      return facts.secret ? "涉密" : "非涉密";
    case "backedUp":
      return facts.backedUp ? "已备份" : "未备份";
    case "mlpsLevel":
      return facts.mlpsLevel === null ? "" : (MLPS_LEVELS[facts.mlpsLevel] ?? "");
    case "tags":
      return sayTags(facts.tags);
    case "operatorUnitId":
    case "projectId": {
      const id = facts[field];
      return id === null ? "" : (names.get(id) ?? id);
    }
    default:
      return typeof value === "string" ? value : "";
  }
}

/** A fact before and after an edit, in the words of the day of the edit: what the history shows. */
export interface FactChange {
  readonly title: string;
  readonly before: string;
  readonly after: string;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The facts in which two states of a system differ. */
export const changedFields = (before: SystemFacts, after: SystemFacts): FactField[] =>
  keysOf(FACT_TITLES).filter((field) => !same(before[field], after[field]));

/** What an edit changed, as people read it. */
export const factChanges = (before: SystemFacts, after: SystemFacts, names: FactNames): FactChange[] =>
  changedFields(before, after).map((field) => ({
    title: FACT_TITLES[field],
    before: sayFact(field, before, names),
    after: sayFact(field, after, names),
  }));

/** Only the facts of a row that has more. */
export const factsOf = (row: SystemFacts): SystemFacts => ({
  name: row.name,
  purpose: row.purpose,
  ownership: row.ownership,
  secret: row.secret,
  mlpsLevel: row.mlpsLevel,
  mlpsFilingNumber: row.mlpsFilingNumber,
  mlpsFiledOn: row.mlpsFiledOn,
  hosting: row.hosting,
  location: row.location,
  backedUp: row.backedUp,
  builder: row.builder,
  contactName: row.contactName,
  contactPhone: row.contactPhone,
  launchedOn: row.launchedOn,
  tags: row.tags,
  operatorUnitId: row.operatorUnitId,
  projectId: row.projectId,
});
