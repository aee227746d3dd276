import { foldName } from "~/kernel/names";
import { FORMAT_CLASSES, keysOf, SHARING_METHODS, SHARING_TYPES, UPDATE_CYCLES } from "~/kernel/vocabulary";

import type { ResourceContent, ResourceItem } from "./resource.content";

type Field = Exclude<keyof ResourceContent, "items">;

/** What each field of an entry is called, in the order in which it is read. */
export const CONTENT_FIELDS: Readonly<Record<Field, string>> = {
  name: "资源名称",
  categoryCode: "资源分类",
  summary: "资源摘要",
  formatClass: "资源格式",
  formatType: "格式类型",
  sharingType: "共享类型",
  conditions: "共享条件",
  legalBasis: "不予共享依据",
  method: "共享方式",
  openToPublic: "向社会开放",
  openConditions: "开放条件",
  updateCycle: "更新周期",
  basicDatabaseCode: "所属基础库",
  systemId: "来源系统",
  matter: "对应事项",
  material: "对应材料",
  relatedCodes: "关联资源",
};

/** Names of what an entry points to by code or id. */
export interface ContentNames {
  readonly categories: Readonly<Record<string, string>>;
  readonly basicDatabases: Readonly<Record<string, string>>;
  readonly systems: Readonly<Record<string, string>>;
}

/** What stands in a field, as officials read it; empty when nothing does. */
export function fieldText(content: ResourceContent, field: Field, names: ContentNames): string {
  switch (field) {
    case "categoryCode":
      return names.categories[content.categoryCode] ?? content.categoryCode;
    case "formatClass":
      return FORMAT_CLASSES[content.formatClass];
    case "sharingType":
      return SHARING_TYPES[content.sharingType];
    case "method":
      return content.method === null ? "" : SHARING_METHODS[content.method];
    case "openToPublic":
      return content.openToPublic ? "开放" : "不开放";
    case "updateCycle":
      return UPDATE_CYCLES[content.updateCycle];
    case "basicDatabaseCode":
      return content.basicDatabaseCode === null
        ? ""
        : (names.basicDatabases[content.basicDatabaseCode] ?? content.basicDatabaseCode);
    case "systemId":
      return content.systemId === null ? "" : (names.systems[content.systemId] ?? content.systemId);
    case "relatedCodes":
      return content.relatedCodes.join("、");
    case "name":
    case "summary":
    case "formatType":
    case "conditions":
    case "legalBasis":
    case "openConditions":
    case "matter":
    case "material":
      return content[field];
  }
}

/** An item in one line: 字符型(64)，必填，主键. */
export function itemWords({ dataType, length, required, isKey }: ResourceItem): string {
  const type = length === null ? dataType : `${dataType}(${length})`;
  return [type, ...(required ? ["必填"] : []), ...(isKey ? ["主键"] : [])].join("，");
}

export interface FieldDifference {
  readonly label: string;
  readonly before: string;
  readonly after: string;
}

export interface ItemDifference {
  readonly kind: "added" | "removed" | "changed";
  readonly name: string;
  /** empty when there was none */
  readonly before: string;
  readonly after: string;
}

export interface ContentDifferences {
  readonly fields: readonly FieldDifference[];
  readonly items: readonly ItemDifference[];
  /** the same items stand in another order */
  readonly reordered: boolean;
}

/**
 * What differs between two contents of an entry, field by field and item by item; an item is known by its name. Nothing
 * differs when all three are empty or false.
 */
export function contentDifferences(
  before: ResourceContent,
  after: ResourceContent,
  names: ContentNames,
): ContentDifferences {
  const fields = keysOf(CONTENT_FIELDS)
    .map((field) => ({
      label: CONTENT_FIELDS[field],
      before: fieldText(before, field, names),
      after: fieldText(after, field, names),
    }))
    .filter((field) => field.before !== field.after);
  const [old, now] = [itemsByName(before.items), itemsByName(after.items)];
  const items: ItemDifference[] = [
    ...before.items
      .filter((item) => !now.has(keyOf(item)))
      .map((item) => ({ kind: "removed" as const, name: item.name, before: itemWords(item), after: "" })),
    ...after.items.flatMap((item): ItemDifference[] => {
      const was = old.get(keyOf(item));
      if (!was) return [{ kind: "added", name: item.name, before: "", after: itemWords(item) }];
      const [wordsBefore, wordsAfter] = [itemWords(was), itemWords(item)];
      return wordsBefore === wordsAfter
        ? []
        : [{ kind: "changed", name: item.name, before: wordsBefore, after: wordsAfter }];
    }),
  ];
  const kept = (list: readonly ResourceItem[], other: ReadonlyMap<string, ResourceItem>) =>
    list
      .map(keyOf)
      .filter((key) => other.has(key))
      .join();
  return { fields, items, reordered: kept(before.items, now) !== kept(after.items, old) };
}

/** Is there anything that a further edition would change? */
export const isUnchanged = ({ fields, items, reordered }: ContentDifferences): boolean =>
  fields.length === 0 && items.length === 0 && !reordered;

const keyOf = ({ name }: ResourceItem): string => foldName(name) || name;
const itemsByName = (items: readonly ResourceItem[]) => new Map(items.map((item) => [keyOf(item), item]));
