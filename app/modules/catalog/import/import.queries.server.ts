import { and, asc, desc, eq, inArray } from "drizzle-orm";

import type { Database } from "@db/client";
import { files, importBatches, importRows, projects } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { notFound } from "~/kernel/result";
import type { Refusal } from "~/kernel/result";
import { columnLetters } from "~/platform/xlsx/workbook";
import { visible } from "~/policy";

import type { PackedResource } from "../packed-resource.server";
import type { BatchMapping, RowProblem } from "./import-batch";
import { titleOfField } from "./import-columns.server";
import { sayImportRefusal } from "./import.refusals.server";

export const PREVIEW_PAGE = 50;

/** A batch of one's own. @throws DomainError notFound */
export async function readBatch(db: Database, actor: Actor, batchId: string) {
  const [row] = await db
    .select({ batch: importBatches, sizeBytes: files.sizeBytes })
    .from(importBatches)
    .innerJoin(files, eq(files.id, importBatches.fileId))
    .where(and(eq(importBatches.id, batchId), eq(importBatches.createdBy, actor.userId)));
  if (!row) throw notFound("import");
  const { failure, mapping, ...batch } = row.batch;
  const sentences = ((failure ?? []) as Refusal<never>[]).map(sayImportRefusal);
  return { ...batch, mapping: mapping as BatchMapping | null, failure: sentences, sizeBytes: row.sizeBytes };
}

/** One row of the preview: what was understood, or what is wrong and where. */
export interface PreviewRow {
  readonly rowNumber: number;
  readonly good: boolean;
  readonly name: string;
  readonly input: {
    readonly sharingType: string;
    readonly updateCycle: string;
    readonly items: readonly string[];
  } | null;
  /** the place as a spreadsheet shows it: "资源分类（C 列）" */
  readonly problems: readonly { readonly place: string; readonly message: string }[];
}

export type RowFilter = "all" | "good" | "bad";

/** One page of a batch's rows. */
export async function readPreview(
  db: Database,
  batch: { readonly id: string; readonly mapping: BatchMapping | null },
  { filter, page }: { readonly filter: RowFilter; readonly page: number },
): Promise<PreviewRow[]> {
  const rows = await db
    .select()
    .from(importRows)
    .where(and(eq(importRows.batchId, batch.id), filter === "all" ? undefined : eq(importRows.good, filter === "good")))
    .orderBy(asc(importRows.rowNumber))
    .limit(PREVIEW_PAGE)
    .offset((page - 1) * PREVIEW_PAGE);
  const columns = batch.mapping?.chosen.columns ?? {};
  return rows.map(({ rowNumber, good, input, cells, problems }) => {
    const packed = input as PackedResource | null;
    return {
      rowNumber,
      good,
      name: cells[columns.name ?? -1] ?? "",
      input: packed && { ...packed, items: packed.items.map(([name]) => name) },
      problems: problems.map((problem) => ({ place: placeOf(problem, columns), message: problem.message })),
    };
  });
}

/** Where a problem is, in words. */
export function placeOf({ column }: RowProblem, columns: Readonly<Record<string, number>>): string {
  const at = columns[column];
  const title = titleOfField(column);
  return at === undefined ? title : `${title}（${columnLetters(at)} 列）`;
}

/** The uploads of a person that are not given up, the latest first. */
export async function recentBatches(db: Database, actor: Actor) {
  return db
    .select({
      id: importBatches.id,
      fileName: importBatches.fileName,
      state: importBatches.state,
      goodRows: importBatches.goodRows,
      badRows: importBatches.badRows,
      createdAt: importBatches.createdAt,
      projectName: projects.name,
    })
    .from(importBatches)
    .leftJoin(projects, eq(projects.id, importBatches.subjectId))
    .where(
      and(
        eq(importBatches.createdBy, actor.userId),
        inArray(importBatches.state, [
          "uploaded",
          "reading",
          "mapping",
          "previewed",
          "importing",
          "imported",
          "failed",
        ]),
      ),
    )
    .orderBy(desc(importBatches.createdAt))
    .limit(10);
}

/** The filing an import is for: its name and where it stands. @throws DomainError notFound */
export async function readFilingName(db: Database, actor: Actor, projectId: string) {
  const [row] = await db.select().from(projects).where(eq(projects.id, projectId));
  const { id, name, stage } = visible(actor, "project:read", row, "project");
  return { id, name, stage };
}

/** The own filings that are still being written: where an import may go. */
export async function openFilings(db: Database, unitId: string) {
  return db.query.projects.findMany({
    columns: { id: true, name: true, code: true },
    where: (t, { and: all, eq: is, inArray: among }) =>
      all(is(t.unitId, unitId), among(t.stage, ["draft", "returned"])),
    orderBy: (t, { asc: up }) => up(t.code),
  });
}
