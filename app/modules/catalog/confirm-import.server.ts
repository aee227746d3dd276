import { and, eq, isNull } from "drizzle-orm";

import { importBatches } from "@db/schema";
import { accept, conflict, notFound, refuse, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { lockOpenFiling } from "./filing-gate.server";
import type { ImportPreview } from "./import-preview";
import { writeDraftResources, type WriteRefusalCode } from "./write-resources.server";

/**
 * Takes the good rows of a previewed sheet into the filing, all of them or none, once. The rows with problems stay in the
 * preview for correction. Refuses with nothingToImport, filingClosed, or what became wrong since the preview.
 * @throws DomainError notFound, forbidden, conflict (already confirmed)
 */
export async function confirmImport(
  ctx: Ctx,
  batchId: string,
): Promise<Result<{ projectId: string; imported: number }, WriteRefusalCode>> {
  return inTransaction(ctx, async (tx) => {
    const [batch] = await tx.select().from(importBatches).where(eq(importBatches.id, batchId)).for("update");
    if (!batch?.subjectId || batch.createdBy !== ctx.actor.userId) throw notFound("import");
    const filing = await lockOpenFiling(tx, ctx, batch.subjectId);
    if (!filing.ok) return filing;
    authorize(ctx.actor, "catalog:register", filing.value);

    const good = (batch.preview as ImportPreview).rows.flatMap((row) => row.input ?? []);
    if (good.length === 0) return refuse({ code: "nothingToImport" });
    const confirmed = await tx
      .update(importBatches)
      .set({ confirmedAt: ctx.now })
      .where(and(eq(importBatches.id, batchId), isNull(importBatches.confirmedAt)))
      .returning({ id: importBatches.id });
    if (confirmed.length === 0) throw conflict("import");
    const written = await writeDraftResources(tx, filing.value, good);
    if (!written.ok) return written;
    await record(tx, ctx, {
      action: "catalog:register",
      event: "catalogSheetImported",
      object: { type: "project", id: filing.value.id, regionId: filing.value.regionId },
      after: good,
      payload: { fileName: batch.fileName, imported: good.length },
    });
    return accept({ projectId: filing.value.id, imported: good.length });
  });
}
