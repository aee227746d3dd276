import { and, eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { files, intakeSheets } from "@db/schema";
import { accept, refuse, type Refusal, type Result } from "~/kernel/result";

import { loadFigures } from "../figures.server";
import { contentOf, saveFile, type MadeFile } from "../files.server";
import { newId } from "../ids.server";
import { inTransaction, record, type Ctx } from "../transaction.server";
import { SHEET_MEDIA_TYPES } from "../xlsx/media-types";
import { fileToParse, readWorkbook } from "../xlsx/read-workbook.server";
import { authorizeIntake, judgeRows, oneAtATime, storeRows, type IntakeSheet } from "./intake-sheets.server";
import type { IntakeRefusal } from "./intake.refusals";
import type { IntakeKind } from "./intake.types";
import { readTable, type ReadTable } from "./read-table";
import { countOutcomes } from "./row-judgement";

/** Rows that one transaction judges and writes while a person waits; the figure `import.maxRows` may lower it. */
const MOST_ROWS = 20_000;

const LONGEST_NAME = 200;
const MOST_HEADERS_NAMED = 30;

/**
 * Takes in a filled sheet of a register: reads it, judges its rows and keeps both to be looked at. Nothing of the register
 * is written. The same file of the same person waits once.
 * Refuses with a code of the sheet or its table, severalTables, tooManyRows, sheetKnown.
 * @throws DomainError forbidden
 */
export async function takeSheet(
  ctx: Ctx,
  kind: IntakeKind,
  file: { readonly name: string; readonly bytes: Uint8Array },
): Promise<Result<{ sheetId: string }, IntakeRefusal>> {
  authorizeIntake(ctx, kind);
  const parsed = fileToParse(file.bytes, file.name);
  if (!parsed.ok) return parsed;
  const workbook = await readWorkbook(file.bytes, file.name);
  if (!workbook.ok) return workbook;
  const table = readTable(workbook.value.sheets, kind.columns);
  if (!table.ok) return table;
  const name = (file.name.split(/[\\/]/).at(-1) ?? "").slice(-LONGEST_NAME);
  const upload = { name, mediaType: SHEET_MEDIA_TYPES[parsed.value.container], bytes: file.bytes };

  return inTransaction<{ sheetId: string }, IntakeRefusal>(ctx, async (tx) => {
    authorizeIntake(ctx, kind);
    const { rows } = table.value;
    const limit = Math.min(MOST_ROWS, (await loadFigures(tx, ctx.today)).number("import.maxRows"));
    if (rows.length > limit) return refuse({ code: "tooManyRows", facts: { rows: rows.length, limit } });
    const waiting = await waitingSheet(tx, ctx, kind, contentOf(upload).sha256);
    if (waiting) return refuse(waiting);
    const sheet = await keep(tx, ctx, kind, upload, table.value);
    return accept({ sheetId: sheet.id });
  });
}

/** The same content of the same person that was neither applied nor given up. */
async function waitingSheet(
  tx: Transaction,
  { actor }: Ctx,
  { key }: IntakeKind,
  sha256: string,
): Promise<Refusal<"sheetKnown"> | undefined> {
  await oneAtATime(tx, `${actor.userId} ${key} ${sha256}`);
  const [sheet] = await tx
    .select({ id: intakeSheets.id, name: intakeSheets.fileName })
    .from(intakeSheets)
    .innerJoin(files, eq(files.id, intakeSheets.fileId))
    .where(
      and(
        eq(intakeSheets.kind, key),
        eq(intakeSheets.uploadedBy, actor.userId),
        eq(intakeSheets.state, "read"),
        eq(files.sha256, sha256),
      ),
    );
  return sheet && { code: "sheetKnown", facts: sheet };
}

async function keep(tx: Transaction, ctx: Ctx, kind: IntakeKind, upload: MadeFile, table: ReadTable) {
  const { regionId, unitId, userId } = ctx.actor;
  const judged = await judgeRows(tx, ctx, kind, table.rows);
  const stored = await saveFile(tx, ctx, upload, { regionId, unitId });
  const sheet: Omit<IntakeSheet, "version" | "appliedRows" | "appliedAt"> = {
    id: newId(),
    regionId,
    unitId,
    kind: kind.key,
    fileId: stored.id,
    fileName: upload.name,
    state: "read",
    totalRows: table.rows.length,
    uploadedBy: userId,
    uploadedAt: ctx.now,
  };
  await tx.insert(intakeSheets).values(sheet);
  await storeRows(tx, sheet, table.rows, judged);
  const counts = countOutcomes(judged);
  await record(tx, ctx, {
    action: kind.action,
    event: "intakeSheetRead",
    object: { type: "intakeSheet", id: sheet.id, regionId },
    after: { ...sheet, sha256: stored.sha256, counts },
    payload: {
      kind: kind.key,
      title: kind.title,
      fileName: upload.name,
      rows: table.rows.length,
      ...counts,
      sheet: table.sheet,
      headerRow: table.headerRow,
      dropped: table.dropped,
      unknownHeaders: table.unknownHeaders.slice(0, MOST_HEADERS_NAMED),
    },
  });
  return sheet;
}
