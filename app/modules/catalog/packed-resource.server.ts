import { foldName, searchGrams } from "~/kernel/names";
import { initialsOf } from "~/platform/initials.server";

import type { ResourceContent, ResourceItem } from "./resource.content";

/** What is made of a name to find it by; for one who packs many entries and has it already. */
interface FoldedName {
  readonly foldedName: string;
  readonly initials: string;
}

const folded = (name: string): FoldedName => ({ foldedName: foldName(name), initials: initialsOf(name) });

/** The columns in which a resource keeps its content; items and relations have tables of their own. */
export function columnsOf(
  content: ResourceContent,
  code: string | null = null,
  { foldedName, initials } = folded(content.name),
) {
  const shared = content.sharingType !== "none";
  return {
    categoryCode: content.categoryCode,
    name: content.name,
    normalizedName: foldedName,
    initials,
    searchGrams: searchGrams(content.name, code, initials),
    summary: content.summary,
    formatClass: content.formatClass,
    formatType: content.formatType,
    basicDatabaseCode: content.basicDatabaseCode,
    sharingType: content.sharingType,
    legalBasis: content.legalBasis || null,
    conditions: content.conditions || null,
    method: shared ? content.method : null,
    openToPublic: shared && content.openToPublic,
    openConditions: content.openConditions || null,
    updateCycle: content.updateCycle,
    systemId: content.systemId,
    matter: content.matter || null,
    material: content.material || null,
  };
}

/** The columns of one item in the order in which they travel. */
type PackedItem = readonly [
  name: string,
  dataType: ResourceItem["dataType"],
  length: number | null,
  required: boolean,
  isKey: boolean,
];

/** Items as they travel: the database takes short arrays apart in a third of the time that objects need. */
export const packItems = (items: readonly ResourceItem[]): readonly PackedItem[] =>
  items.map(({ name, dataType, length, required, isKey }) => [name, dataType, length, required, isKey]);

/**
 * An entry ready to be written: its columns with its items, in the form that travels to the database. Pairs of characters
 * hold no space, so they travel as one text.
 */
export type PackedResource = ReturnType<typeof packResource>;

export function packResource(
  id: string,
  content: ResourceContent,
  found?: FoldedName,
  items: readonly PackedItem[] = packItems(content.items),
) {
  const columns = columnsOf(content, null, found);
  return { ...columns, id, items, searchGrams: columns.searchGrams.join(" ") };
}
