import type { z } from "zod";

import type { FormatClass, SharingMethod } from "~/kernel/vocabulary";
import type { Choice } from "~/platform/xlsx/text-values";

import { classOfFormat } from "../format-types";
import { parseItems, resourceSchema, type ResourceContent } from "../resource.content";
import type { RowProblem } from "./import-batch";
import { RowMemory } from "./row-memory";
import { settledEntry, type WrittenEntry } from "./settled-entry";
import { CYCLES, FORMATS, METHODS, OPENNESS, SHARINGS, titleOfField, WordBook } from "./import-columns.server";

/** The words of this installation and unit that a sheet may use. */
export interface RowVocabulary {
  /** value: code, label: "项 / 目" */
  readonly categories: readonly Choice<string>[];
  readonly basicDatabases: readonly Choice<string>[];
  /** the unit's own systems */
  readonly systems: readonly Choice<string>[];
}

export type RowReading =
  | { readonly ok: true; readonly content: ResourceContent }
  | { readonly ok: false; readonly problems: readonly RowProblem[] };

/** Formats that can be shared in one way only: a sheet need not say it. */
const ONLY_METHOD: Partial<Record<FormatClass, SharingMethod>> = {
  document: "file",
  spreadsheet: "file",
  image: "file",
  stream: "file",
  selfDescribing: "file",
  service: "interface",
};

/** "每6分钟", "每 2 小时": as good as at once for a catalog. */
const WITHIN_A_DAY = /^每\s*\d+\s*(?:秒|分钟|小时)$/;
const BETWEEN_FORMATS = /[、,，;；/\s]+/;

/** Fields of the schema that carry another name in a sheet. */
const FIELD_OF: Readonly<Record<string, string>> = {
  categoryCode: "category",
  systemId: "system",
  basicDatabaseCode: "basicDatabase",
};

/** The field of a sheet that a problem of an entry is about. */
export const fieldOf = (schemaKey: string): string => FIELD_OF[schemaKey] ?? schemaKey;

/**
 * Reads rows of a catalog sheet into entries; every problem is named with its field, all at once. One reader serves a
 * whole sheet.
 */
export class RowReader {
  private readonly formats = new WordBook(FORMATS);
  private readonly sharings = new WordBook(SHARINGS);
  private readonly methods = new WordBook(METHODS);
  private readonly cycles = new WordBook(CYCLES);
  private readonly openness = new WordBook(OPENNESS);
  private readonly items = new RowMemory(parseItems);
  private readonly categories: WordBook<string>;
  private readonly basicDatabases: WordBook<string>;
  private readonly systems: WordBook<string>;

  constructor({ categories, basicDatabases, systems }: RowVocabulary) {
    // A 目 that several 项 have in common cannot be told by its own name.
    const leaves = categories.map(({ label }) => leafOf(label));
    const once = (leaf: string) => leaves.indexOf(leaf) === leaves.lastIndexOf(leaf);
    this.categories = new WordBook(
      categories.map((category, index) => {
        const leaf = leaves[index] ?? "";
        return { ...category, synonyms: once(leaf) ? [leaf] : [] };
      }),
    );
    this.basicDatabases = new WordBook(basicDatabases);
    this.systems = new WordBook(systems);
  }

  /** @param text the text of a field in this row, "" when it has none */
  read(text: (field: string) => string): RowReading {
    const problems: RowProblem[] = [];
    const category = this.category(text("category"), problems);
    const format = this.format(text("formatClass"), text("formatType"), problems);
    const cycle = text("updateCycle");
    const written: WrittenEntry = {
      name: text("name") || undefined,
      categoryCode: category,
      summary: text("summary") || undefined,
      ...format,
      items: this.items.of(text("items")),
      sharingType: choose("sharingType", text("sharingType"), this.sharings, problems),
      legalBasis: text("legalBasis"),
      conditions: text("conditions"),
      method:
        choose("method", text("method"), this.methods, problems) ??
        (format.formatClass && ONLY_METHOD[format.formatClass]) ??
        null,
      openToPublic: choose("openToPublic", text("openToPublic"), this.openness, problems) === "yes",
      openConditions: text("openConditions"),
      updateCycle: WITHIN_A_DAY.test(cycle) ? "realTime" : choose("updateCycle", cycle, this.cycles, problems),
      systemId: this.known("system", text("system"), this.systems, "本单位系统清单中没有", problems),
      basicDatabaseCode: this.known("basicDatabase", text("basicDatabase"), this.basicDatabases, "没有", problems),
      matter: text("matter"),
      material: text("material"),
    };
    const settled = problems.length === 0 ? settledEntry(written) : undefined;
    if (settled) return { ok: true, content: settled };
    const parsed = resourceSchema.safeParse(written);
    if (parsed.success && problems.length === 0) return { ok: true, content: parsed.data };
    if (!parsed.success) addIssues(problems, parsed.error);
    return { ok: false, problems };
  }

  private category(written: string, problems: RowProblem[]): string | undefined {
    if (written === "") {
      problems.push({ column: "category", message: "未填写，请填写分类名称或六位代码" });
      return undefined;
    }
    const code = this.categories.valueOf(written);
    if (code === undefined) {
      problems.push({ column: "category", message: `没有“${short(written)}”这个分类，请填写分类名称或六位代码` });
    }
    return code;
  }

  /** A class by its name, or by a concrete format ("xls"), or by the first of several ("xls、json"). */
  private format(
    written: string,
    type: string,
    problems: RowProblem[],
  ): { formatClass: FormatClass | undefined; formatType: string } {
    const formatClass = this.formats.valueOf(written);
    if (formatClass) return { formatClass, formatType: type };
    const [first = ""] = written.split(BETWEEN_FORMATS).filter((part) => part !== "");
    const byType = classOfFormat(first) ?? (written === "" ? classOfFormat(type) : undefined);
    if (byType) return { formatClass: byType, formatType: type || first.toUpperCase() };
    const byFirst = this.formats.valueOf(first);
    if (!byFirst && written !== "") {
      const message = `不认识“${short(written)}”，请填写：${this.formats.words}`;
      problems.push({ column: "formatClass", message });
    }
    return { formatClass: byFirst, formatType: type };
  }

  private known(
    field: string,
    written: string,
    words: WordBook<string>,
    absent: string,
    problems: RowProblem[],
  ): string | null {
    if (written === "") return null;
    const value = words.valueOf(written);
    if (value !== undefined) return value;
    problems.push({ column: field, message: `${absent}“${short(written)}”，请核对${titleOfField(field)}或留空` });
    return null;
  }
}

function choose<Value extends string>(
  field: string,
  written: string,
  words: WordBook<Value>,
  problems: RowProblem[],
): Value | undefined {
  if (written === "") return undefined;
  const value = words.valueOf(written);
  if (value === undefined)
    problems.push({ column: field, message: `不认识“${short(written)}”，请填写：${words.words}` });
  return value;
}

const leafOf = (label: string): string => label.split(" / ").at(-1) ?? label;

const LONGEST_QUOTE = 40;
const short = (text: string): string => (text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text);

/** The schema's own words, where the field has no problem yet. */
function addIssues(problems: RowProblem[], error: z.ZodError): void {
  const named = new Set(problems.map((problem) => problem.column));
  for (const { path, message } of error.issues) {
    const column = fieldOf(String(path[0]));
    if (!named.has(column)) problems.push({ column, message });
    named.add(column);
  }
}
