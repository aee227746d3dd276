import { importBatches } from "@db/schema";
import { foldName } from "~/kernel/names";
import { accept, refuse, type Refusal, type Result } from "~/kernel/result";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { readWorkbook } from "~/platform/xlsx/read-workbook.server";
import { tableFromGrid, type SheetTable, type TableRefusalCode } from "~/platform/xlsx/table-from-grid";
import type { SheetRefusalCode, Workbook } from "~/platform/xlsx/workbook";
import { authorize } from "~/policy";

import { categoryOptions } from "./catalog.queries.server";
import { sayCatalogRefusal } from "./catalog.refusals";
import { lockOpenFiling } from "./filing-gate.server";
import { readResourceRow, RESOURCE_COLUMNS } from "./import-columns.server";
import type { ImportPreview, PreviewRow } from "./import-preview";
import { resourceProblems, type ResourceSurroundings } from "./resource.rules";
import { surroundingsOf, toEntry } from "./write-resources.server";

/** More rows than one filing ever has; a larger file is a mistake. */
const MAX_ROWS = 2_000;

export type PreviewRefusalCode = SheetRefusalCode | TableRefusalCode | "filingClosed";

/**
 * Reads an uploaded catalog sheet for a filing and keeps what was understood, row by row, until it is confirmed. Nothing
 * enters the catalog. The file is parsed in a worker before the transaction begins.
 * @throws DomainError notFound, forbidden
 */
export async function previewImport(
  ctx: Ctx,
  projectId: string,
  file: { readonly name: string; readonly bytes: Uint8Array },
): Promise<Result<{ batchId: string }, PreviewRefusalCode>> {
  const workbook = await readWorkbook(file.bytes, file.name);
  if (!workbook.ok) return workbook;
  const found = findTable(workbook.value);
  if (!found.ok) return found;
  const { table, sheetName } = found.value;
  if (table.rows.length > MAX_ROWS) {
    return refuse({ code: "sheet.tooManyRows", facts: { sheet: sheetName, rows: table.rows.length, max: MAX_ROWS } });
  }

  return inTransaction(ctx, async (tx) => {
    const filing = await lockOpenFiling(tx, ctx, projectId);
    if (!filing.ok) return filing;
    authorize(ctx.actor, "catalog:register", filing.value);
    const [categories, around] = await Promise.all([categoryOptions(tx), surroundingsOf(tx, filing.value.unitId)]);
    const preview: ImportPreview = {
      sheetName,
      headerRow: table.headerRow,
      rows: judgeRows(table, categories, around),
      unmatchedHeaders: table.unmatchedHeaders,
      dropped: table.droppedRows.filter((row) => row.reason !== "blank"),
    };
    const batchId = newId();
    await tx.insert(importBatches).values({
      id: batchId,
      regionId: filing.value.regionId,
      unitId: filing.value.unitId,
      kind: "resources",
      subjectId: projectId,
      fileName: file.name.slice(-200),
      createdBy: ctx.actor.userId,
      createdAt: ctx.now,
      preview,
    });
    await record(tx, ctx, {
      action: "catalog:register",
      event: "catalogSheetUploaded",
      object: { type: "project", id: projectId, regionId: filing.value.regionId },
      payload: { fileName: file.name.slice(-200), rows: preview.rows.length },
    });
    return accept({ batchId });
  });
}

/** The first sheet that has the table; when none has, the refusal of the first. */
function findTable(workbook: Workbook): Result<{ table: SheetTable; sheetName: string }, PreviewRefusalCode> {
  let first: readonly Refusal<TableRefusalCode>[] | undefined;
  for (const sheet of workbook.sheets.filter((each) => !each.hidden)) {
    const table = tableFromGrid(sheet, RESOURCE_COLUMNS);
    if (table.ok) return accept({ table: table.value, sheetName: sheet.name });
    first ??= table.refusals;
  }
  return first ? { ok: false, refusals: first } : refuse({ code: "sheet.nothingInside" });
}

/** Reads and judges the rows in order: each against the catalog and against the good rows above it. */
function judgeRows(
  table: SheetTable,
  categories: readonly { value: string; label: string }[],
  around: ResourceSurroundings,
): PreviewRow[] {
  const siblings = [...around.siblings];
  return table.rows.map((row): PreviewRow => {
    const name = row.values.name?.text ?? "";
    const reading = readResourceRow(row, categories);
    if (!reading.ok) return { rowNumber: row.rowNumber, name, input: null, problems: reading.problems };
    const problems = resourceProblems(toEntry(reading.input), { ...around, siblings }).map((refusal) => ({
      column: RESOURCE_COLUMNS.find((column) => column.key === refusal.field)?.title ?? "",
      message: sayCatalogRefusal(refusal),
    }));
    if (problems.length > 0) return { rowNumber: row.rowNumber, name, input: null, problems };
    siblings.push(foldName(reading.input.name));
    return { rowNumber: row.rowNumber, name, input: reading.input, problems: [] };
  });
}
