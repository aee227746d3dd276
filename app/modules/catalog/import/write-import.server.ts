import { and, count, eq, sql } from "drizzle-orm";

import type { Database, Transaction } from "@db/client";
import { importBatches, importRows, resources } from "@db/schema";
import { accept, refuse, type Refusal, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { lockOpenFiling } from "../filing-gate.server";
import { tell } from "../tell-unit.server";
import { insertPackedResources } from "../write-resources.server";
import type { BatchMapping } from "./import-batch";
import { ctxOfBatch, holdBatch, mayHappen, moveBatch, tellProgress, type ImportBatch } from "./import-batches.server";
import type { ImportRefusalCode } from "./import.refusals.server";

/** Rows that one statement writes: other requests get their turn in between. */
const ROWS_AT_ONCE = 1_000;
const MOST_TRIES = 3;
const UNIQUE_VIOLATION = "23505";

/**
 * Writes the good rows of a confirmed batch into the catalog as drafts, all of them or none, once: a process that dies
 * leaves nothing behind and the batch waiting for the next one. What stands against it since the preview (a name that
 * was taken, a filing that was handed in) puts the batch back before the person.
 * @param patient whether to wait for another process that imports it
 * @throws DomainError forbidden
 */
export async function writeImport(db: Database, batchId: string, patient: boolean): Promise<void> {
  const [batch] = await db.select().from(importBatches).where(eq(importBatches.id, batchId));
  if (batch?.state !== "importing") return;
  const ctx = await ctxOfBatch(db, batch);
  if (!ctx) return;
  const written = await tryAgain(() => writeOnce(ctx, batchId, patient));
  if (!written.ok) await putBack(ctx, batchId, written.refusals, patient);
}

function writeOnce(ctx: Ctx, batchId: string, patient: boolean): Promise<Result<null, ImportRefusalCode>> {
  return inTransaction<null, ImportRefusalCode>(ctx, async (tx) => {
    if (!(await holdBatch(tx, batchId, patient))) return accept(null);
    const [batch] = await tx.select().from(importBatches).where(eq(importBatches.id, batchId));
    if (batch?.state !== "importing") return accept(null);
    authorize(ctx.actor, "catalog:register", batch);
    const taken = await markTakenNames(tx, batch);
    if (taken > 0 && (batch.mapping as BatchMapping).policy === "allOrNothing") {
      return refuse({ code: "namesTakenMeanwhile", facts: { rows: taken } });
    }
    const imported = await writeRows(tx, ctx, batch);
    if (imported === 0) return refuse({ code: "nothingToImport" });
    // Last, so that the filing can be worked on until then; what was written goes back when it was handed in meanwhile.
    const filing = batch.subjectId === null ? undefined : await lockOpenFiling(tx, ctx, batch.subjectId);
    if (filing && !filing.ok) return filing;
    const counts = { goodRows: imported, badRows: batch.totalRows - imported, doneRows: imported };
    await moveBatch(tx, batch, "finish", { ...counts, finishedAt: ctx.now, failure: null });
    await record(tx, ctx, {
      action: "catalog:register",
      event: "catalogSheetImported",
      object: batch.subjectId
        ? { type: "project", id: batch.subjectId, regionId: batch.regionId }
        : { type: "import", id: batchId, regionId: batch.regionId },
      payload: { fileName: batch.fileName, imported, left: counts.badRows },
    });
    if (!filing) {
      const { regionId, unitId } = batch;
      const title = `${imported} 条数据资源待登记：${batch.fileName}`;
      await tell(tx, ctx, { regionId, unitId, roles: ["unitLead"], title, href: "/catalog?state=draft" });
    }
    return accept(null);
  });
}

/** A name that another person took in the same moment is met by the second try as one that was taken before. */
async function tryAgain<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      const cause = error instanceof Error && error.cause ? error.cause : error;
      if (tries >= MOST_TRIES || (cause as { code?: unknown }).code !== UNIQUE_VIOLATION) throw error;
    }
  }
}

/** Good rows whose name stands in the unit's catalog by now become bad ones. */
async function markTakenNames(tx: Transaction, batch: ImportBatch): Promise<number> {
  const problem = {
    column: "name",
    message: "预览之后，本单位目录中已有名称相同（或只差空格、标点）的资源，请修改名称或删去本行。",
  };
  const marked = await tx.execute(sql`
    update ${importRows} as r set good = false, problems = r.problems || ${JSON.stringify([problem])}::text::jsonb
    where r.batch_id = ${batch.id}::uuid and r.good and exists (
      select 1 from ${resources} taken where taken.region_id = ${batch.regionId}::uuid
        and taken.unit_id = ${batch.unitId}::uuid and taken.normalized_name = r.input ->> 'normalizedName'
        and taken.state <> 'withdrawn')
    returning r.row_number`);
  return marked.length;
}

async function writeRows(tx: Transaction, ctx: Ctx, batch: ImportBatch): Promise<number> {
  const good = and(eq(importRows.batchId, batch.id), eq(importRows.good, true));
  const [{ rows = 0, last = 0 } = {}] = await tx
    .select({ rows: count(), last: sql<number>`coalesce(max(${importRows.rowNumber}), 0)::int` })
    .from(importRows)
    .where(good);
  const owner = { unitId: batch.unitId, regionId: batch.regionId, projectId: batch.subjectId };
  await tellProgress(ctx.db, batch.id, 0);
  for (let from = 0; from < last; from += ROWS_AT_ONCE) {
    const packed = sql`select r.input as packed from ${importRows} r
      where r.batch_id = ${batch.id}::uuid and r.good and r.row_number > ${from}::int
        and r.row_number <= ${from + ROWS_AT_ONCE}::int order by r.row_number`;
    await insertPackedResources(tx, ctx, owner, packed);
    await tellProgress(ctx.db, batch.id, Math.min(rows, from + ROWS_AT_ONCE));
  }
  return rows;
}

/**
 * Ends the import of a batch that no process came to the end of: nothing of it is in the catalog, and the person decides
 * anew. One that is being worked on is left alone.
 */
export async function giveUpImport(db: Database, batchId: string): Promise<void> {
  const [batch] = await db.select().from(importBatches).where(eq(importBatches.id, batchId));
  const ctx = batch && (await ctxOfBatch(db, batch));
  if (ctx) await putBack(ctx, batchId, [{ code: "importNeverEnded" }], false);
}

/** The person is asked again, with what has changed; rows that became bad say so. */
async function putBack(
  ctx: Ctx,
  batchId: string,
  failure: readonly Refusal<ImportRefusalCode>[],
  patient: boolean,
): Promise<void> {
  await inTransaction<null, never>(ctx, async (tx) => {
    if (!(await holdBatch(tx, batchId, patient))) return accept(null);
    const [batch] = await tx.select().from(importBatches).where(eq(importBatches.id, batchId)).for("update");
    if (!batch || !mayHappen(batch, "putBack")) return accept(null);
    authorize(ctx.actor, "catalog:register", batch);
    await markTakenNames(tx, batch);
    const [{ rows: goodRows = 0 } = {}] = await tx
      .select({ rows: count() })
      .from(importRows)
      .where(and(eq(importRows.batchId, batchId), eq(importRows.good, true)));
    const counts = { goodRows, badRows: batch.totalRows - goodRows, doneRows: 0 };
    await moveBatch(tx, batch, "putBack", { ...counts, failure, confirmedAt: null });
    await record(tx, ctx, {
      action: "catalog:register",
      event: "catalogImportPutBack",
      object: { type: "import", id: batchId, regionId: batch.regionId },
      payload: { fileName: batch.fileName, codes: failure.map(({ code }) => code) },
    });
    return accept(null);
  });
}
