import { foldName } from "~/kernel/names";
import type { Refusal } from "~/kernel/result";
import type { FormatClass, SharingMethod } from "~/kernel/vocabulary";

import { classOfFormat } from "./format-types";
import type { ResourceContent, ResourceItem } from "./resource.content";

/** What an entry must agree with: the names it must keep apart from, and what it may point to. */
export interface ResourceSurroundings {
  /** folded names of the unit's other resources */
  readonly siblings: ReadonlySet<string>;
  /** folded names of the unit's systems and projects */
  readonly systems: ReadonlySet<string>;
  /** the unit's own systems */
  readonly systemIds: ReadonlySet<string>;
  /** categories of the levels 目 and 细目 */
  readonly categories: ReadonlySet<string>;
  readonly basicDatabases: ReadonlySet<string>;
  /** codes of the region's catalog, as far as entries name them */
  readonly codes: ReadonlySet<string>;
}

export type ResourceRefusalCode =
  | "categoryUnknown"
  | "basicDatabaseUnknown"
  | "systemNotOwn"
  | "relatedUnknown"
  | "noneWithoutBasis"
  | "basisNotCited"
  | "conditionalWithoutConditions"
  | "methodMissing"
  | "methodNotForFormat"
  | "formatTypeNotOfClass"
  | "openButNotShared"
  | "systemName"
  | "dragFillName"
  | "nameTaken"
  | "itemsMissing"
  | "itemTwice"
  | "itemLengthNotPositive"
  | "keyItemMissing";

const METHODS: Readonly<Record<FormatClass, readonly SharingMethod[]>> = {
  document: ["file"],
  spreadsheet: ["file"],
  image: ["file"],
  stream: ["file"],
  selfDescribing: ["file"],
  database: ["database", "interface"],
  service: ["interface"],
};

/** A name of a drag-filled column: a stem and a running number, whose neighbour in the row exists as well. */
function isDragFilled(name: string, siblings: ReadonlySet<string>): boolean {
  const match = /^(.*\D)(\d{1,3})$/.exec(name);
  const [, stem = "", number = ""] = match ?? [];
  // 「2025年」 and the like are years of an edition, not a running number.
  return match !== null && (siblings.has(stem + String(Number(number) - 1)) || siblings.has(stem));
}

const ARTICLE = /《[^《》]{2,}》.*第[零〇一二三四五六七八九十百千\d]+条/s;
const DOCUMENT_NUMBER = /\p{Script=Han}{1,10}[〔[［](19|20)\d{2}[〕\]］]\s*第?\d+号/u;

/**
 * Does a text cite a rule that can be looked up: a law by its title with an article, or a document by its number?
 * @source domain.md §4
 */
export const isCitation = (text: string): boolean => ARTICLE.test(text) || DOCUMENT_NUMBER.test(text);

/**
 * What keeps an entry out of the catalog: sharing is the norm, so refusing it needs a cited rule and limiting it
 * conditions; files are shared as files, databases as database or interface; a resource is not a system and not a
 * drag-filled row, and stands in its unit once; what it points to is there.
 * @param found the folded name and the problems of the items, for one who judges many entries and has them already
 * @source domain.md §4
 */
export function resourceProblems(
  entry: ResourceContent,
  around: ResourceSurroundings,
  found: { readonly foldedName?: string; readonly ofItems?: readonly Refusal<ResourceRefusalCode>[] } = {},
): Refusal<ResourceRefusalCode>[] {
  const { foldedName = foldName(entry.name), ofItems = itemProblems(entry) } = found;
  return [
    ...pointerProblems(entry, around),
    ...nameProblems(entry.name, foldedName, around),
    ...sharingProblems(entry),
    ...ofItems,
  ];
}

function pointerProblems(
  { categoryCode, basicDatabaseCode, systemId, relatedCodes }: ResourceContent,
  around: ResourceSurroundings,
): Refusal<ResourceRefusalCode>[] {
  const problems: Refusal<ResourceRefusalCode>[] = [];
  if (!around.categories.has(categoryCode)) problems.push({ code: "categoryUnknown", field: "categoryCode" });
  if (basicDatabaseCode !== null && !around.basicDatabases.has(basicDatabaseCode)) {
    problems.push({ code: "basicDatabaseUnknown", field: "basicDatabaseCode" });
  }
  if (systemId !== null && !around.systemIds.has(systemId)) problems.push({ code: "systemNotOwn", field: "systemId" });
  const unknown = relatedCodes.filter((code) => !around.codes.has(code));
  if (unknown.length > 0) {
    problems.push({ code: "relatedUnknown", field: "relatedCodes", facts: { codes: unknown.join("、") } });
  }
  return problems;
}

function nameProblems(
  typed: string,
  name: string,
  { siblings, systems }: ResourceSurroundings,
): Refusal<ResourceRefusalCode>[] {
  const problems: Refusal<ResourceRefusalCode>[] = [];
  const facts = { name: typed };
  if (siblings.has(name)) problems.push({ code: "nameTaken", field: "name", facts });
  else if (isDragFilled(name, siblings)) problems.push({ code: "dragFillName", field: "name", facts });
  if (systems.has(name)) problems.push({ code: "systemName", field: "name", facts });
  return problems;
}

function sharingProblems(entry: ResourceContent): Refusal<ResourceRefusalCode>[] {
  const problems: Refusal<ResourceRefusalCode>[] = [];
  const { formatClass, formatType, sharingType, method } = entry;
  if (formatType !== "" && (classOfFormat(formatType) ?? formatClass) !== formatClass) {
    problems.push({
      code: "formatTypeNotOfClass",
      field: "formatType",
      facts: { type: formatType, format: formatClass },
    });
  }
  if (sharingType === "conditional" && !entry.conditions) {
    problems.push({ code: "conditionalWithoutConditions", field: "conditions" });
  }
  if (sharingType === "none") {
    if (!entry.legalBasis) problems.push({ code: "noneWithoutBasis", field: "legalBasis" });
    else if (!isCitation(entry.legalBasis)) problems.push({ code: "basisNotCited", field: "legalBasis" });
    if (entry.openToPublic) problems.push({ code: "openButNotShared", field: "openToPublic" });
  } else if (!method) problems.push({ code: "methodMissing", field: "method" });
  else if (!METHODS[formatClass].includes(method)) {
    problems.push({ code: "methodNotForFormat", field: "method", facts: { format: formatClass } });
  }
  return problems;
}

/** What is wrong with the items of an entry: none at all, the same twice, a length of nothing, a table without a key. */
export function itemProblems({
  items,
  formatClass,
}: Pick<ResourceContent, "items" | "formatClass">): Refusal<ResourceRefusalCode>[] {
  const problem = (code: ResourceRefusalCode, { name }: Pick<ResourceItem, "name">): Refusal<ResourceRefusalCode> => ({
    code,
    field: "items",
    facts: { item: name },
  });
  if (items.length === 0) return [{ code: "itemsMissing", field: "items" }];
  const seen = new Set<string>();
  const problems = items.flatMap((item) => {
    const name = foldName(item.name) || item.name;
    const twice = seen.has(name) ? [problem("itemTwice", item)] : [];
    seen.add(name);
    const short = item.length !== null && item.length <= 0 ? [problem("itemLengthNotPositive", item)] : [];
    return [...twice, ...short];
  });
  const keyMissing = formatClass === "database" && !items.some((item) => item.isKey);
  return keyMissing ? [...problems, { code: "keyItemMissing", field: "items" }] : problems;
}

/**
 * Judges entries that come together, in their order: each against the catalog and against the good ones before it.
 * Answers one list of problems for each entry.
 */
export function judgeResources(
  entries: readonly ResourceContent[],
  around: ResourceSurroundings,
): Refusal<ResourceRefusalCode>[][] {
  const siblings = new Set(around.siblings);
  return entries.map((entry) => {
    const problems = resourceProblems(entry, { ...around, siblings });
    if (problems.length === 0) siblings.add(foldName(entry.name));
    return problems;
  });
}
