import { foldName, searchGrams } from "~/kernel/names";
import { initialsOf } from "~/platform/initials.server";

import type { ResourceContent } from "./resource.content";

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

/** An entry ready to be written: its columns with its items, in the form that travels to the database. */
export type PackedResource = ReturnType<typeof packResource>;

export const packResource = (id: string, content: ResourceContent, found?: FoldedName) => ({
  id,
  ...columnsOf(content, null, found),
  items: content.items,
});
