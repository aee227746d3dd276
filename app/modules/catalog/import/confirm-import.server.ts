import { accept, refuse, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { lockOpenFiling } from "../filing-gate.server";
import type { BatchMapping, ImportPolicy } from "./import-batch";
import { mayHappen, moveBatch } from "./import-batches.server";
import { lockBatch, type BatchRef } from "./load-batch.server";

type ConfirmRefusal = "filingClosed" | "nothingToImport" | "badRowsLeft" | "notInThisState";

/**
 * The person takes what the preview showed: the good rows only, or all when all are good. They are written off the
 * request, once. Refuses with nothingToImport, badRowsLeft, filingClosed, notInThisState.
 * @throws DomainError notFound, forbidden; conflict when it was confirmed already
 */
export async function confirmImport(
  ctx: Ctx,
  ref: BatchRef,
  policy: ImportPolicy,
): Promise<Result<{ batchId: string }, ConfirmRefusal>> {
  return inTransaction<{ batchId: string }, ConfirmRefusal>(ctx, async (tx) => {
    const batch = await lockBatch(tx, ctx, ref);
    authorize(ctx.actor, "catalog:register", batch);
    if (!mayHappen(batch, "confirm")) return refuse({ code: "notInThisState" });
    if (batch.goodRows === 0) return refuse({ code: "nothingToImport" });
    if (policy === "allOrNothing" && batch.badRows > 0) {
      return refuse({ code: "badRowsLeft", facts: { rows: batch.badRows } });
    }
    const filing = batch.subjectId === null ? undefined : await lockOpenFiling(tx, ctx, batch.subjectId);
    if (filing && !filing.ok) return filing;
    const mapping: BatchMapping = { ...(batch.mapping as BatchMapping), policy };
    await moveBatch(tx, batch, "confirm", { mapping, confirmedAt: ctx.now, doneRows: 0, failure: null });
    await record(tx, ctx, {
      action: "catalog:register",
      event: "catalogImportConfirmed",
      object: { type: "import", id: batch.id, regionId: batch.regionId },
      after: { policy, goodRows: batch.goodRows, badRows: batch.badRows },
      payload: { fileName: batch.fileName, policy, good: batch.goodRows, bad: batch.badRows },
    });
    return accept({ batchId: batch.id });
  });
}
