import { and, eq, ne } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { cloudBatches } from "@db/schema";
import { accept, conflict, refuse, type Result } from "~/kernel/result";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, visible } from "~/policy";

import type { EditBatchInput, NewBatchInput } from "./batch.schema";

export type Batch = typeof cloudBatches.$inferSelect;

/** A batch is its region's, of no unit. */
export const governed = <B extends { readonly regionId: string }>(batch: B) => ({ ...batch, unitId: "" });

/**
 * The bureau opens a batch of migration with the day by which its systems are to be on the cloud.
 * Refuses with nameTaken.
 * @throws DomainError forbidden
 * @source domain.md §6
 */
export async function createBatch(ctx: Ctx, input: NewBatchInput): Promise<Result<{ id: string }, "nameTaken">> {
  return inTransaction<{ id: string }, "nameTaken">(ctx, async (tx) => {
    const { name, targetOn, note } = input;
    const { regionId } = ctx.actor;
    authorize(ctx.actor, "system:govern", { regionId, unitId: ctx.actor.unitId });
    const batch = { id: newId(), regionId, name, targetOn, note };
    const [made] = await tx
      .insert(cloudBatches)
      .values(batch)
      .onConflictDoNothing({ target: [cloudBatches.regionId, cloudBatches.name] })
      .returning();
    if (!made) return refuse({ code: "nameTaken", field: "name", facts: { name } });
    await record(tx, ctx, {
      action: "system:govern",
      event: "cloudBatchCreated",
      object: { type: "cloudBatch", id: batch.id, regionId },
      after: made,
      payload: { name, targetOn },
    });
    return accept({ id: batch.id });
  });
}

/**
 * Changes the name, the target day or the note of a batch.
 * Refuses with nameTaken.
 * @throws DomainError notFound, forbidden; conflict when another hand was faster
 */
export async function editBatch(
  ctx: Ctx,
  id: string,
  { version, name, targetOn, note }: EditBatchInput,
): Promise<Result<{ id: string }, "nameTaken">> {
  return inTransaction<{ id: string }, "nameTaken">(ctx, async (tx) => {
    const before = await holdBatch(tx, ctx, id);
    authorize(ctx.actor, "system:govern", governed(before));
    if (before.version !== version) throw conflict("cloudBatch");
    const taken = await tx.$count(
      cloudBatches,
      and(eq(cloudBatches.regionId, before.regionId), eq(cloudBatches.name, name), ne(cloudBatches.id, id)),
    );
    if (taken > 0) return refuse({ code: "nameTaken", field: "name", facts: { name } });
    const after = { ...before, name, targetOn, note, version: version + 1 };
    await tx.update(cloudBatches).set(after).where(eq(cloudBatches.id, id));
    await record(tx, ctx, {
      action: "system:govern",
      event: "cloudBatchChanged",
      object: { type: "cloudBatch", id, regionId: before.regionId },
      before,
      after,
      payload: { name, targetOn, before: { name: before.name, targetOn: before.targetOn } },
    });
    return accept({ id });
  });
}

/** A batch held for a change. @throws DomainError notFound outside the actor's sight */
export async function holdBatch(tx: Transaction, ctx: Ctx, id: string): Promise<Batch> {
  const [batch] = await tx.select().from(cloudBatches).where(eq(cloudBatches.id, id)).for("update");
  const { unitId: _none, ...seen } = visible(ctx.actor, "system:govern", batch && governed(batch), "cloudBatch");
  return seen;
}
