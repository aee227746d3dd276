import { and, asc, inArray, isNull, sql } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { cloudStandings, systems } from "@db/schema";
import { accept, notFound, refuse, type Result } from "~/kernel/result";
import { inTransaction, recordAll, type Ctx } from "~/platform/transaction.server";
import { authorize, can } from "~/policy";

import { changeStanding } from "../standing.server";
import { toPlace, toRemove } from "./batch.rules";
import { governed, holdBatch, type Batch } from "./save-batch.server";

type PlaceResult = Promise<Result<{ readonly changed: number }, "nothingChosen" | "notPlaceable" | "notInBatch">>;

/**
 * Puts systems into a batch from today; one that was in another batch leaves it. Pressing twice changes nothing the second
 * time.
 * Refuses with nothingChosen, notPlaceable; then nothing is changed at all.
 * @throws DomainError notFound for a batch or a system outside the actor's sight, forbidden
 */
export const assignSystems = (ctx: Ctx, batchId: string, systemIds: readonly string[]): PlaceResult =>
  inTransaction(ctx, async (tx) => {
    const batch = await holdBatch(tx, ctx, batchId);
    authorize(ctx.actor, "system:govern", governed(batch));
    if (systemIds.length === 0) return refuse({ code: "nothingChosen", field: "systemId" });
    const placed = toPlace(await holdSystems(tx, ctx, systemIds), batch.id, ctx.today);
    if (!placed.ok) return placed;
    await moveTo(tx, ctx, placed.value, batch, batch.id);
    return accept({ changed: placed.value.length });
  });

/**
 * Takes systems out of a batch from today; they are in none then.
 * Refuses with nothingChosen, notInBatch; then nothing is changed at all.
 * @throws DomainError notFound for a batch or a system outside the actor's sight, forbidden
 */
export const removeSystems = (ctx: Ctx, batchId: string, systemIds: readonly string[]): PlaceResult =>
  inTransaction(ctx, async (tx) => {
    const batch = await holdBatch(tx, ctx, batchId);
    authorize(ctx.actor, "system:govern", governed(batch));
    if (systemIds.length === 0) return refuse({ code: "nothingChosen", field: "systemId" });
    const removed = toRemove(await holdSystems(tx, ctx, systemIds), batch.id);
    if (!removed.ok) return removed;
    await moveTo(tx, ctx, removed.value, batch, null);
    return accept({ changed: removed.value.length });
  });

type Held = Awaited<ReturnType<typeof holdSystems>>[number];

/** The chosen systems, held in the order of their ids so that two hands never wait for each other. */
async function holdSystems(tx: Transaction, ctx: Ctx, systemIds: readonly string[]) {
  const wanted = [...new Set(systemIds)];
  const held = await tx
    .select()
    .from(systems)
    .where(inArray(systems.id, wanted))
    .orderBy(asc(systems.id))
    .for("update");
  const seen = held.filter((system) => can(ctx.actor, "system:govern", system));
  if (seen.length !== wanted.length) throw notFound("system");
  const standings = await tx
    .select({ systemId: cloudStandings.systemId, scope: cloudStandings.scope, batchId: cloudStandings.batchId })
    .from(cloudStandings)
    .where(and(inArray(cloudStandings.systemId, wanted), isNull(cloudStandings.toOn)));
  const standingOf = new Map(standings.map((standing) => [standing.systemId, standing]));
  return seen.map((system) => {
    const standing = standingOf.get(system.id);
    if (!standing) throw new Error(`system ${system.id} has no standing`);
    return { ...system, scope: standing.scope, batchId: standing.batchId };
  });
}

async function moveTo(
  tx: Transaction,
  ctx: Ctx,
  moved: readonly Held[],
  batch: Batch,
  to: string | null,
): Promise<void> {
  if (moved.length === 0) return;
  for (const { id } of moved) await changeStanding(tx, id, ctx.today, { batchId: to });
  await tx
    .update(systems)
    .set({ version: sql`${systems.version} + 1` })
    .where(
      inArray(
        systems.id,
        moved.map(({ id }) => id),
      ),
    );
  await recordAll(
    tx,
    ctx,
    moved.map((system) => ({
      action: "system:govern" as const,
      event: to ? "systemBatched" : "systemUnbatched",
      object: { type: "system", id: system.id, regionId: system.regionId },
      before: { batchId: system.batchId },
      after: { batchId: to },
      payload: { name: system.name, batch: batch.name, batchId: batch.id, targetOn: batch.targetOn, on: ctx.today },
    })),
  );
}
