import {
  FORMAT_CLASSES,
  ITEM_DATA_TYPES,
  SHARING_METHODS,
  SHARING_TYPES,
  UPDATE_CYCLES,
  type FormatClass,
  type SharingMethod,
  type SharingType,
  type UpdateCycle,
} from "~/kernel/vocabulary";

import type { ResourceContent, ResourceItem } from "../resource.content";

/** An entry as a row says it: any text may be too long, too short or absent. */
export interface WrittenEntry {
  readonly name: string | undefined;
  readonly categoryCode: string | undefined;
  readonly summary: string | undefined;
  readonly formatClass: FormatClass | undefined;
  readonly formatType: string;
  readonly items: ResourceItem[];
  readonly sharingType: SharingType | undefined;
  readonly legalBasis: string;
  readonly conditions: string;
  readonly method: SharingMethod | null;
  readonly openToPublic: boolean;
  readonly openConditions: string;
  readonly updateCycle: UpdateCycle | undefined;
  readonly systemId: string | null;
  readonly basicDatabaseCode: string | null;
  readonly matter: string;
  readonly material: string;
}

const CATEGORY = /^\d{6,}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const DATA_TYPES: ReadonlySet<string> = new Set(ITEM_DATA_TYPES);

/** Within its length, and nothing to trim: as it stands, it is what would be kept. */
const fits = (text: unknown, least: number, most: number): boolean =>
  typeof text === "string" && text.length >= least && text.length <= most && text.trim() === text;

const isCode = (text: unknown): boolean => typeof text === "string" && text !== "" && text.length <= 30;

const isOf = (set: object, value: unknown): boolean => typeof value === "string" && Object.hasOwn(set, value);

const itemFits = ({ name, dataType, length, required, isKey }: ResourceItem): boolean =>
  fits(name, 1, 100) &&
  DATA_TYPES.has(dataType) &&
  (length === null || (Number.isInteger(length) && length >= 0 && length <= 1_000_000_000)) &&
  typeof required === "boolean" &&
  typeof isKey === "boolean";

/** Rows share lists of items: each is looked through once. */
const fitting = new WeakSet<readonly ResourceItem[]>();

function listFits(items: readonly ResourceItem[]): boolean {
  if (fitting.has(items)) return true;
  const fits = items.length <= 500 && items.every(itemFits);
  if (fits) fitting.add(items);
  return fits;
}

/**
 * The quick way past `resourceSchema`, which costs more than all else that is done to a row: an entry that the schema would
 * surely take, and keep as it stands. Stricter than the schema where it is not sure.
 * @returns the entry; undefined when the schema must say what it makes of it
 */
export function settledEntry(entry: WrittenEntry): ResourceContent | undefined {
  const { name, categoryCode, summary, formatClass, sharingType, updateCycle, items, systemId, basicDatabaseCode } =
    entry;
  const isSettled =
    fits(name, 2, 100) &&
    typeof categoryCode === "string" &&
    CATEGORY.test(categoryCode) &&
    fits(summary, 4, 500) &&
    isOf(FORMAT_CLASSES, formatClass) &&
    isOf(SHARING_TYPES, sharingType) &&
    isOf(UPDATE_CYCLES, updateCycle) &&
    (entry.method === null || isOf(SHARING_METHODS, entry.method)) &&
    typeof entry.openToPublic === "boolean" &&
    fits(entry.formatType, 0, 50) &&
    fits(entry.legalBasis, 0, 300) &&
    fits(entry.conditions, 0, 300) &&
    fits(entry.openConditions, 0, 300) &&
    fits(entry.matter, 0, 200) &&
    fits(entry.material, 0, 200) &&
    (systemId === null || (typeof systemId === "string" && UUID.test(systemId))) &&
    (basicDatabaseCode === null || isCode(basicDatabaseCode)) &&
    listFits(items);
  return isSettled ? ({ ...entry, relatedCodes: [] } as ResourceContent) : undefined;
}
