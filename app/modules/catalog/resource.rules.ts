import { foldName } from "~/kernel/names";
import type { Refusal } from "~/kernel/result";
import type { FormatClass, SharingMethod, SharingType } from "~/kernel/vocabulary";

/** What a data resource says of itself, as far as the rules of the catalog judge it. */
export interface ResourceEntry {
  readonly name: string;
  readonly summary: string;
  readonly formatClass: FormatClass;
  readonly sharingType: SharingType;
  readonly legalBasis: string;
  readonly conditions: string;
  readonly method: SharingMethod | null;
  readonly items: readonly string[];
}

/** Names a new entry must keep apart from. */
export interface ResourceSurroundings {
  /** normalized names of the unit's other resources */
  readonly siblings: readonly string[];
  /** normalized names of the unit's systems and projects */
  readonly systems: readonly string[];
}

export type ResourceRefusalCode =
  | "noneWithoutBasis"
  | "conditionalWithoutConditions"
  | "methodMissing"
  | "methodNotForFormat"
  | "systemName"
  | "dragFillName"
  | "nameTaken"
  | "itemsMissing"
  | "itemTwice";

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
function isDragFilled(name: string, siblings: readonly string[]): boolean {
  const match = /^(.*\D)(\d{1,3})$/.exec(name);
  const [, stem = "", number = ""] = match ?? [];
  // 「2025年」 and the like are years of an edition, not a running number.
  return match !== null && siblings.some((other) => other === stem + String(Number(number) - 1) || other === stem);
}

/**
 * What keeps an entry out of the catalog: sharing is the norm, so refusing it needs a basis and limiting it conditions;
 * files are shared as files, databases as database or interface; a resource is not a system and not a drag-filled row.
 * @source domain.md §4
 */
export function resourceProblems(
  entry: ResourceEntry,
  { siblings, systems }: ResourceSurroundings,
): Refusal<ResourceRefusalCode>[] {
  const problems: Refusal<ResourceRefusalCode>[] = [];
  const name = foldName(entry.name);
  if (siblings.includes(name)) problems.push({ code: "nameTaken", field: "name", facts: { name: entry.name } });
  else if (isDragFilled(name, siblings))
    problems.push({ code: "dragFillName", field: "name", facts: { name: entry.name } });
  if (systems.includes(name)) problems.push({ code: "systemName", field: "name", facts: { name: entry.name } });
  if (entry.sharingType === "none" && !entry.legalBasis)
    problems.push({ code: "noneWithoutBasis", field: "legalBasis" });
  if (entry.sharingType === "conditional" && !entry.conditions) {
    problems.push({ code: "conditionalWithoutConditions", field: "conditions" });
  }
  if (entry.sharingType !== "none") {
    if (!entry.method) problems.push({ code: "methodMissing", field: "method" });
    else if (!METHODS[entry.formatClass].includes(entry.method)) {
      problems.push({ code: "methodNotForFormat", field: "method", facts: { format: entry.formatClass } });
    }
  }
  if (entry.items.length === 0) problems.push({ code: "itemsMissing", field: "items" });
  const twice = entry.items.find((item, index) => entry.items.indexOf(item) !== index);
  if (twice) problems.push({ code: "itemTwice", field: "items", facts: { item: twice } });
  return problems;
}

/** Splits what a person writes into one cell — 「管径、材质；埋深」 — into information items. */
export function splitItems(text: string): string[] {
  return text
    .split(/[、,，;；\n]/)
    .map((item) => item.trim())
    .filter((item) => item !== "");
}
