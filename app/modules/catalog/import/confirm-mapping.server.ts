import { accept, refuse, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { TOP_ROWS } from "~/platform/xlsx/table-layout";
import { authorize } from "~/policy";

import type { BatchMapping, ColumnMapping } from "./import-batch";
import { mayHappen, moveBatch } from "./import-batches.server";
import { CATALOG_FIELDS } from "./import-columns.server";
import { lockBatch, type BatchRef } from "./load-batch.server";
import { batchMapping, unfilledFields, widthOf } from "./propose-mapping.server";

type MappingRefusal = "mappingIncomplete" | "mappingUnknown" | "notInThisState";

/**
 * The person says which sheet, header and columns hold what; the file is then read (again) that way. Refuses with
 * mappingIncomplete for each required field without a column or a constant, mappingUnknown, notInThisState.
 * @throws DomainError notFound, forbidden; conflict when the batch moved on after the page was opened
 */
export async function confirmMapping(
  ctx: Ctx,
  ref: BatchRef,
  chosen: ColumnMapping,
): Promise<Result<{ batchId: string }, MappingRefusal>> {
  return inTransaction<{ batchId: string }, MappingRefusal>(ctx, async (tx) => {
    const batch = await lockBatch(tx, ctx, ref);
    authorize(ctx.actor, "catalog:register", batch);
    if (!mayHappen(batch, "map") || batch.mapping === null) return refuse({ code: "notInThisState" });
    const { sheets } = batch.mapping as BatchMapping;
    if (!isInFile(sheets, chosen)) return refuse({ code: "mappingUnknown" });
    const unfilled = unfilledFields(chosen);
    if (unfilled.length > 0) {
      return refuse(...unfilled.map((field) => ({ code: "mappingIncomplete" as const, field, facts: { field } })));
    }
    const mapping = batchMapping(sheets, chosen);
    const after = await moveBatch(tx, batch, "map", { mapping, failure: null, goodRows: 0, badRows: 0, doneRows: 0 });
    await record(tx, ctx, {
      action: "catalog:register",
      event: "catalogMappingConfirmed",
      object: { type: "import", id: batch.id, regionId: batch.regionId },
      before: batch.mapping,
      after: after.mapping,
      payload: { fileName: batch.fileName },
    });
    return accept({ batchId: batch.id });
  });
}

/** Everything it names is there: the sheet, the header's rows, the columns, the fields. */
function isInFile(
  sheets: BatchMapping["sheets"],
  { sheet: index, header, columns, constants }: ColumnMapping,
): boolean {
  const sheet = sheets[index];
  if (!sheet) return false;
  const fields = new Set(CATALOG_FIELDS.map(({ key }) => key));
  const width = widthOf(sheet);
  const isRow = (row: number) => Number.isInteger(row) && row >= 0 && row < Math.min(TOP_ROWS, sheet.rows);
  return (
    (header === null || (isRow(header.first) && isRow(header.last) && header.first <= header.last)) &&
    [...Object.keys(columns), ...Object.keys(constants)].every((key) => fields.has(key)) &&
    Object.values(columns).every((column) => Number.isInteger(column) && column >= 0 && column < width)
  );
}
