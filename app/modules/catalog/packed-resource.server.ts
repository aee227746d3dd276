import { foldName, searchGrams } from "~/kernel/names";
import { initialsOf } from "~/platform/initials.server";

import type { ResourceContent } from "./resource.content";

/** The columns in which a resource keeps its content; items and relations have tables of their own. */
export function columnsOf(content: ResourceContent, code: string | null = null) {
  const initials = initialsOf(content.name);
  const shared = content.sharingType !== "none";
  return {
    categoryCode: content.categoryCode,
    name: content.name,
    normalizedName: foldName(content.name),
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

export const packResource = (id: string, content: ResourceContent) => ({
  id,
  ...columnsOf(content),
  items: content.items,
});
