import { eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { importBatches } from "@db/schema";
import { conflict, notFound } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { ImportBatch } from "./import-batches.server";

/** A batch and the version of it that the person saw. */
export interface BatchRef {
  readonly batchId: string;
  readonly version: number;
}

/**
 * Locks a batch for the person who uploaded it; to everybody else it does not exist.
 * @throws DomainError notFound; conflict when it has moved on since the person saw it
 */
export async function lockBatch(tx: Transaction, ctx: Ctx, { batchId, version }: BatchRef): Promise<ImportBatch> {
  const [batch] = await tx.select().from(importBatches).where(eq(importBatches.id, batchId)).for("update");
  if (!batch || batch.createdBy !== ctx.actor.userId) throw notFound("import");
  if (batch.version !== version) throw conflict("import");
  return batch;
}
