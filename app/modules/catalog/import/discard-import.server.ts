import { eq } from "drizzle-orm";

import { importRows } from "@db/schema";
import { accept, refuse, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { mayHappen, moveBatch } from "./import-batches.server";
import { lockBatch, type BatchRef } from "./load-batch.server";

/**
 * The person gives an upload up; its rows go, the file stays. Refuses with notInThisState.
 * @throws DomainError notFound, forbidden; conflict when the batch moved on after the page was opened
 */
export async function discardImport(ctx: Ctx, ref: BatchRef): Promise<Result<null, "notInThisState">> {
  return inTransaction<null, "notInThisState">(ctx, async (tx) => {
    const batch = await lockBatch(tx, ctx, ref);
    authorize(ctx.actor, "catalog:register", batch);
    if (!mayHappen(batch, "discard")) return refuse({ code: "notInThisState" });
    await tx.delete(importRows).where(eq(importRows.batchId, batch.id));
    await moveBatch(tx, batch, "discard", { finishedAt: ctx.now });
    await record(tx, ctx, {
      action: "catalog:register",
      event: "catalogImportDiscarded",
      object: { type: "import", id: batch.id, regionId: batch.regionId },
      payload: { fileName: batch.fileName },
    });
    return accept(null);
  });
}
