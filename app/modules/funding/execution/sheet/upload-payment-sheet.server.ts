import { and, eq, ne } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { files, paymentSheetRows, paymentSheets } from "@db/schema";
import { accept, refuse, type Refusal, type Result } from "~/kernel/result";
import { loadFigures } from "~/platform/figures.server";
import { contentOf, saveFile } from "~/platform/files.server";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { fileToParse, readWorkbook } from "~/platform/xlsx/read-workbook.server";
import { authorize } from "~/policy";

import { claimNumber } from "../claim-number.server";
import { loadMatchFacts } from "./match-facts.server";
import { matchRows } from "./match-rows.rules";
import type { RowOutcome } from "./match.types";
import { readPaymentSheet, type SheetRow } from "./read-rows.server";
import type { SheetRefusal } from "./sheet.refusals.server";

/** What an accepted sheet is kept as. */
const MEDIA_TYPES = {
  zip: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  ole2: "application/vnd.ms-excel",
  text: "text/csv",
} as const;

const LONGEST_NAME = 200;
const ROWS_AT_ONCE = 1_000;

/**
 * Takes in a payment sheet of the treasury: reads it, matches its rows and keeps the outcome to be looked at. No payment
 * is touched. The same file is not taken twice in a region unless its first upload was discarded.
 * Refuses with a code of the sheet or its table, tooManyRows, sheetKnown.
 * @throws DomainError forbidden
 * @source domain.md §5
 */
export async function uploadPaymentSheet(
  ctx: Ctx,
  file: { readonly name: string; readonly bytes: Uint8Array },
): Promise<Result<{ sheetId: string }, SheetRefusal>> {
  const { regionId, unitId } = ctx.actor;
  authorize(ctx.actor, "payment:import", { unitId, regionId });
  const kind = fileToParse(file.bytes, file.name);
  if (!kind.ok) return kind;
  const workbook = await readWorkbook(file.bytes, file.name);
  if (!workbook.ok) return workbook;
  const read = readPaymentSheet(workbook.value.sheets);
  if (!read.ok) return read;
  const { rows } = read.value;
  const fileName = file.name.slice(-LONGEST_NAME);
  const upload = { name: fileName, mediaType: MEDIA_TYPES[kind.value.container], bytes: file.bytes };

  return inTransaction<{ sheetId: string }, SheetRefusal>(ctx, async (tx) => {
    authorize(ctx.actor, "payment:import", { unitId, regionId });
    const figures = await loadFigures(tx, ctx.today);
    const limit = figures.number("import.maxRows");
    if (rows.length > limit) return refuse({ code: "tooManyRows", facts: { rows: rows.length, limit } });
    const known = await knownSheet(tx, regionId, contentOf(upload).sha256);
    if (known) return refuse(known);
    const facts = await loadMatchFacts(tx, ctx, rows);
    const outcomes = matchRows(rows, facts, {
      today: ctx.today,
      dayTolerance: figures.number("execution.sheetMatchDays"),
    });
    const stored = await saveFile(tx, ctx, upload, { regionId, unitId });
    const sheet = {
      id: newId(),
      regionId,
      fileId: stored.id,
      fileName,
      state: "read" as const,
      totalRows: rows.length,
      uploadedBy: ctx.actor.userId,
      uploadedAt: ctx.now,
    };
    await tx.insert(paymentSheets).values(sheet);
    await storeRows(tx, sheet, rows, outcomes);
    const unmatched = outcomes.filter(({ match }) => match === "unmatched").length;
    await record(tx, ctx, {
      action: "payment:import",
      event: "paymentSheetRead",
      object: { type: "paymentSheet", id: sheet.id, regionId },
      after: { ...sheet, sha256: stored.sha256 },
      payload: { fileName, rows: rows.length, unmatched },
    });
    return accept({ sheetId: sheet.id });
  });
}

async function knownSheet(
  tx: Transaction,
  regionId: string,
  sha256: string,
): Promise<Refusal<"sheetKnown"> | undefined> {
  await claimNumber(tx, regionId, "sheet", sha256);
  const [sheet] = await tx
    .select({ id: paymentSheets.id, name: paymentSheets.fileName, state: paymentSheets.state })
    .from(paymentSheets)
    .innerJoin(files, eq(files.id, paymentSheets.fileId))
    .where(and(eq(paymentSheets.regionId, regionId), eq(files.sha256, sha256), ne(paymentSheets.state, "discarded")));
  return sheet && { code: "sheetKnown", facts: sheet };
}

async function storeRows(
  tx: Transaction,
  { id: sheetId, regionId }: { readonly id: string; readonly regionId: string },
  rows: readonly SheetRow[],
  outcomes: readonly RowOutcome[],
): Promise<void> {
  const values = rows.flatMap((cells, index) => {
    const outcome = outcomes[index];
    return outcome ? [{ sheetId, regionId, rowNumber: cells.rowNumber, cells, ...outcomeColumns(outcome) }] : [];
  });
  for (let from = 0; from < values.length; from += ROWS_AT_ONCE)
    await tx.insert(paymentSheetRows).values(values.slice(from, from + ROWS_AT_ONCE));
}

/** An outcome as the columns of a stored row. */
export const outcomeColumns = (outcome: RowOutcome) => ({
  match: outcome.match,
  problem: outcome.match === "unmatched" ? outcome.problem : null,
  projectId: outcome.projectId,
  contractId: outcome.contractId,
  paymentId: outcome.match === "confirms" ? outcome.paymentId : null,
});
