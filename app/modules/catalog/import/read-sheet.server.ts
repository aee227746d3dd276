import { and, desc, eq, inArray, isNotNull, sql } from "drizzle-orm";

import type { Database, Transaction } from "@db/client";
import { importBatches, importRows } from "@db/schema";
import { accept, refuse, type Refusal, type Result } from "~/kernel/result";
import { loadFigures } from "~/platform/figures.server";
import { readFile } from "~/platform/files.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { fileToParse } from "~/platform/xlsx/read-workbook.server";
import { authorize } from "~/policy";

import { resourceOptions, surroundingsOf } from "../surroundings.queries.server";
import type { BatchMapping, ColumnMapping, ReadingFacts } from "./import-batch";
import {
  ctxOfBatch,
  holdBatch,
  mayHappen,
  moveBatch,
  tellProgress,
  whileHolding,
  type ImportBatch,
} from "./import-batches.server";
import { withBook, type Book } from "./import-book.server";
import type { ReadRefusalCode } from "./import.refusals.server";
import type { JudgeInput } from "./judge-rows.server";
import { batchMapping, proposeMapping, reasonToAsk } from "./propose-mapping.server";

/** How a reading ended; `undefined`: nothing was to be read. */
type Reading = Pick<ImportBatch, "state"> | undefined;

/** A page that waits is told this often. @unit chunks of rows */
const CHUNKS_PER_SIGN = 4;

/** Sheets told in the dialogue; a workbook with more is a mistake. */
const MOST_SHEETS = 30;

/**
 * Reads the file of a batch that waits for it, finds how its columns are to be understood, and judges every row; or asks
 * the person for the columns, or says why the file cannot be read. All or nothing: a process that dies leaves the batch
 * waiting for the next one. What the person may no longer do is not done for them.
 * @param patient whether to wait for another process that reads it
 * @throws DomainError forbidden
 */
export async function readSheet(db: Database, batchId: string, patient: boolean): Promise<void> {
  const batch = await claim(db, batchId);
  const ctx = batch && (await ctxOfBatch(db, batch));
  if (!ctx) return;
  const read = await inTransaction<Reading, ReadRefusalCode>(ctx, async (tx) => {
    if (!(await holdBatch(tx, batchId, patient))) return accept(undefined);
    const [held] = await tx.select().from(importBatches).where(eq(importBatches.id, batchId));
    if (held?.state !== "reading") return accept(undefined);
    authorize(ctx.actor, "catalog:register", held);
    const work = await readAndJudge(tx, ctx, held);
    if (!work.ok) return work;
    const after = await moveBatch(tx, held, work.value.event, work.value.changes);
    await record(tx, ctx, {
      action: "catalog:register",
      event: work.value.event === "preview" ? "catalogSheetJudged" : "catalogSheetUnmapped",
      object: { type: "import", id: batchId, regionId: held.regionId },
      payload: { fileName: held.fileName, good: after.goodRows, bad: after.badRows },
    });
    return accept(after);
  });
  if (!read.ok) await endInFailure(ctx, batchId, read.refusals, patient);
}

/** From now on the page says that the file is being read. */
async function claim(db: Database, batchId: string): Promise<ImportBatch | undefined> {
  const [batch] = await db
    .update(importBatches)
    .set({ state: "reading", doneRows: 0 })
    .where(and(eq(importBatches.id, batchId), inArray(importBatches.state, ["uploaded", "reading"])))
    .returning();
  return batch;
}

interface Outcome {
  readonly event: "askMapping" | "preview";
  readonly changes: Partial<typeof importBatches.$inferInsert>;
}

async function readAndJudge(tx: Transaction, ctx: Ctx, batch: ImportBatch): Promise<Result<Outcome, ReadRefusalCode>> {
  const stored = await readFile(tx, batch.fileId);
  const file = stored ? fileToParse(stored.bytes, batch.fileName) : refuse({ code: "sheet.emptyFile" });
  if (!file.ok) return file;
  const known = batch.mapping as BatchMapping | null;
  const figures = await loadFigures(tx, ctx.today);
  const work = withBook<Outcome, ReadRefusalCode>(file.value, async (book) => {
    const sheets = book.sheets.slice(0, MOST_SHEETS);
    const proposed = known
      ? { chosen: known.chosen, sure: true }
      : proposeMapping(sheets, await rememberedMappings(tx, batch));
    const mapping = batchMapping(sheets, proposed.chosen);
    if (!proposed.sure) {
      const failure = [reasonToAsk(sheets, proposed.chosen)];
      return accept({ event: "askMapping", changes: { mapping, failure } });
    }
    const max = figures.number("import.maxRows");
    const rows = sheets[proposed.chosen.sheet]?.rows ?? 0;
    const dataRows = rows - (proposed.chosen.header ? proposed.chosen.header.last + 1 : 0);
    const sheet = sheets[proposed.chosen.sheet]?.name ?? "";
    if (dataRows > max) return refuse({ code: "sheet.tooManyRows", facts: { sheet, max } });
    const judged = await storeJudged(tx, ctx.db, batch, book, await judgeInput(tx, batch, proposed.chosen), dataRows);
    if (judged.goodRows + judged.badRows > 0) {
      const changes = { ...judged, mapping: { ...mapping, facts: judged.facts }, failure: null };
      return accept({ event: "preview", changes });
    }
    const nothing = { code: "table.noRows", facts: { sheet, row: (proposed.chosen.header?.last ?? -1) + 1 } } as const;
    // A person who chose the header may choose another one; a header that was known has nothing below it.
    return known ? accept({ event: "askMapping", changes: { mapping, failure: [nothing] } }) : refuse(nothing);
  });
  return whileHolding(tx, work);
}

async function judgeInput(tx: Transaction, batch: ImportBatch, mapping: ColumnMapping): Promise<JudgeInput> {
  const [vocabulary, around] = await Promise.all([resourceOptions(tx, batch.unitId), surroundingsOf(tx, batch, [])]);
  return { mapping, vocabulary, around };
}

/** Judges the rows chunk by chunk and stores each while the next is judged. */
async function storeJudged(
  tx: Transaction,
  db: Database,
  batch: ImportBatch,
  book: Book,
  input: JudgeInput,
  expectedRows: number,
): Promise<{ goodRows: number; badRows: number; totalRows: number; doneRows: number; facts: ReadingFacts }> {
  await tx.delete(importRows).where(eq(importRows.batchId, batch.id));
  await tellProgress(db, batch.id, 0, expectedRows);
  let [goodRows, badRows, droppedCount, chunks] = [0, 0, 0, 0];
  const dropped: ReadingFacts["dropped"][number][] = [];
  for await (const chunk of book.judge(input)) {
    await storeRows(tx, batch, chunk.json);
    goodRows += chunk.good;
    badRows += chunk.bad;
    droppedCount += chunk.facts.droppedCount;
    if (dropped.length < chunk.facts.dropped.length) dropped.push(...chunk.facts.dropped);
    if (++chunks % CHUNKS_PER_SIGN === 0) await tellProgress(db, batch.id, goodRows + badRows);
  }
  const totalRows = goodRows + badRows;
  const unmatchedHeaders = unmatched(book, input.mapping);
  return { goodRows, badRows, totalRows, doneRows: totalRows, facts: { dropped, droppedCount, unmatchedHeaders } };
}

function unmatched(book: Book, mapping: ColumnMapping): string[] {
  if (mapping.header === null) return [];
  const used = new Set(Object.values(mapping.columns));
  const { headers } = batchMapping(book.sheets, mapping);
  return headers.filter(({ column }) => !used.has(column)).map(({ text }) => text);
}

/** One statement and one value carry a whole chunk; the database takes it apart. */
async function storeRows(tx: Transaction, batch: ImportBatch, json: string): Promise<void> {
  await tx.execute(sql`
    insert into ${importRows} (batch_id, row_number, region_id, good, input, cells, problems)
    select ${batch.id}::uuid, r.n, ${batch.regionId}::uuid, r.i is not null, r.i, r.c, r.p
    from jsonb_to_recordset(${json}::text::jsonb) as r (n int, i jsonb, c text[], p jsonb)`);
}

/** How the unit's earlier files were read, by their headers; the latest wins. */
async function rememberedMappings(tx: Transaction, batch: ImportBatch): Promise<Map<string, ColumnMapping>> {
  const earlier = await tx
    .select({ mapping: importBatches.mapping })
    .from(importBatches)
    .where(
      and(
        eq(importBatches.unitId, batch.unitId),
        inArray(importBatches.state, ["previewed", "importing", "imported", "discarded"]),
        isNotNull(importBatches.mapping),
      ),
    )
    .orderBy(desc(importBatches.createdAt))
    .limit(REMEMBERED_FILES);
  return new Map(
    earlier
      .map(({ mapping }) => mapping as BatchMapping)
      .reverse()
      .map(({ signature, chosen }) => [signature, chosen]),
  );
}

const REMEMBERED_FILES = 20;

/** Ends the reading of a file that no process came to the end of. One that is being read is left alone. */
export async function giveUpReading(db: Database, batchId: string): Promise<void> {
  const [batch] = await db.select().from(importBatches).where(eq(importBatches.id, batchId));
  const ctx = batch && (await ctxOfBatch(db, batch));
  if (ctx) await endInFailure(ctx, batchId, [{ code: "sheet.tooHeavy" }], false);
}

/**
 * The file cannot be read: the batch says why, and the person may upload another. Who is patient comes back only when the
 * batch says so, whoever of two readers wrote it.
 */
async function endInFailure(
  ctx: Ctx,
  batchId: string,
  failure: readonly Refusal<ReadRefusalCode>[],
  patient: boolean,
): Promise<void> {
  await inTransaction<null, never>(ctx, async (tx) => {
    if (!(await holdBatch(tx, batchId, patient))) return accept(null);
    const [batch] = await tx.select().from(importBatches).where(eq(importBatches.id, batchId)).for("update");
    if (!batch || !mayHappen(batch, "fail")) return accept(null);
    authorize(ctx.actor, "catalog:register", batch);
    await moveBatch(tx, batch, "fail", { failure, finishedAt: ctx.now });
    await record(tx, ctx, {
      action: "catalog:register",
      event: "catalogSheetRefused",
      object: { type: "import", id: batchId, regionId: batch.regionId },
      payload: { fileName: batch.fileName, codes: failure.map(({ code }) => code) },
    });
    return accept(null);
  });
}
