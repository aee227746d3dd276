import { foldName } from "~/kernel/names";
import type { Refusal } from "~/kernel/result";
import type { FormatClass } from "~/kernel/vocabulary";
import { TableReader, type DroppedRow } from "~/platform/xlsx/table-reader";
import { headersAt, type SheetTop } from "~/platform/xlsx/table-layout";
import type { MergedArea } from "~/platform/xlsx/workbook";

import { sayCatalogRefusal } from "../catalog.refusals";
import type { ResourceContent, ResourceItem } from "../resource.content";
import { itemProblems, resourceProblems, type ResourceRefusalCode, type ResourceSurroundings } from "../resource.rules";
import { packItems, packResource, type PackedResource } from "../packed-resource.server";
import type { ColumnMapping, RowProblem } from "./import-batch";
import { CATALOG_FIELDS } from "./import-columns.server";
import { NameInitials } from "./name-initials.server";
import { fieldOf, RowReader, type RowVocabulary } from "./read-row.server";
import { RowIds } from "./row-ids.server";

/** What rows are judged by: the words they may use and what already stands in the catalog. Travels between threads. */
export interface JudgeInput {
  readonly mapping: ColumnMapping;
  readonly vocabulary: RowVocabulary;
  readonly around: ResourceSurroundings;
}

/** One data row as it is kept until the import is confirmed. */
export interface JudgedRow {
  readonly rowNumber: number;
  /** the row's texts, left to right, as they stand in the file */
  readonly cells: readonly string[];
  /** what will be written; null when the row has problems */
  readonly input: PackedResource | null;
  readonly problems: readonly RowProblem[];
}

/**
 * Judges the rows of a sheet top to bottom: each by itself, against the unit's catalog, and against the good rows above
 * it.
 */
export class RowJudge {
  private readonly table: TableReader;
  private readonly rows: RowReader;
  private readonly initials = new NameInitials();
  private readonly ids = new RowIds();
  private readonly items = new JudgedItems();
  private readonly constants: Readonly<Record<string, string>>;
  private readonly around: ResourceSurroundings;
  private readonly siblings: Set<string>;
  /** where in the file a name stands */
  private readonly rowOfName = new Map<string, number>();

  constructor(
    { mapping, vocabulary, around }: JudgeInput,
    sheet: SheetTop & { readonly merges: readonly MergedArea[] },
  ) {
    this.table = new TableReader(CATALOG_FIELDS, {
      header: mapping.header,
      columns: mapping.columns,
      headers: headersAt(sheet, mapping.header),
      merges: sheet.merges,
    });
    this.rows = new RowReader(vocabulary);
    this.constants = mapping.constants;
    this.siblings = new Set(around.siblings);
    this.around = { ...around, siblings: this.siblings };
  }

  get firstRow(): number {
    return this.table.firstRow;
  }

  /** @param index 0-based; each row once, top to bottom @param texts its cells */
  judge(index: number, texts: readonly string[]): JudgedRow | DroppedRow {
    const cells = texts.map(clean);
    const row = this.table.read(index, cells);
    if (!("values" in row)) return row;
    const { rowNumber, values } = row;
    const reading = this.rows.read((field) => values[field] || (this.constants[field] ?? ""));
    if (!reading.ok) return { rowNumber, cells, input: null, problems: reading.problems };
    const { content } = reading;
    const foldedName = foldName(content.name);
    const problems = this.problemsOf(content, foldedName);
    if (problems.length > 0) return { rowNumber, cells, input: null, problems };
    this.siblings.add(foldedName);
    this.rowOfName.set(foldedName, rowNumber);
    const found = { foldedName, initials: this.initials.of(content.name) };
    const input = packResource(this.ids.next(), content, found, this.items.of(content).packed);
    return { rowNumber, cells, input, problems };
  }

  private problemsOf(content: ResourceContent, foldedName: string): RowProblem[] {
    const ofItems = this.items.of(content).problems;
    return resourceProblems(content, this.around, { foldedName, ofItems }).map((refusal) => {
      const twin = refusal.code === "nameTaken" ? this.rowOfName.get(foldedName) : undefined;
      const message =
        twin === undefined
          ? sayCatalogRefusal(refusal)
          : `与本表第 ${twin} 行的名称相同（或只差空格、标点），请修改名称或删去一行。`;
      return { column: fieldOf(refusal.field ?? ""), message };
    });
  }
}

/** What is found out about items once for each list that rows share and each format. */
interface JudgedList {
  readonly problems: readonly Refusal<ResourceRefusalCode>[];
  readonly packed: PackedResource["items"];
}

class JudgedItems {
  private readonly known = new Map<FormatClass, WeakMap<readonly ResourceItem[], JudgedList>>();

  of({ items, formatClass }: Pick<ResourceContent, "items" | "formatClass">): JudgedList {
    let ofFormat = this.known.get(formatClass);
    if (!ofFormat) this.known.set(formatClass, (ofFormat = new WeakMap()));
    let judged = ofFormat.get(items);
    if (!judged) {
      judged = { problems: itemProblems({ items, formatClass }), packed: packItems(items) };
      ofFormat.set(items, judged);
    }
    return judged;
  }
}

/** Signs that no database takes: NUL, and halves of a character that some program cut through. */
const UNSTORABLE = /[\0\p{Cs}]/gu;

/** Halves that belong together count here too: a first look that most texts pass. */
const SUSPICIOUS = /[\0\ud800-\udfff]/;

const clean = (text: string): string => (SUSPICIOUS.test(text) ? text.replace(UNSTORABLE, "") : text);
