import { setTimeout as delay } from "node:timers/promises";
import { and, eq, sql } from "drizzle-orm";

import type { Database, Transaction } from "@db/client";
import { importBatches } from "@db/schema";
import { findTransition } from "~/kernel/lifecycle";
import { conflict } from "~/kernel/result";
import { readActor } from "~/platform/sessions.server";
import { businessTime } from "~/platform/installation.server";
import { newId } from "~/platform/ids.server";
import type { Ctx } from "~/platform/transaction.server";

import { IMPORT_LIFECYCLE, type ImportEvent } from "./import.lifecycle";

export type ImportBatch = typeof importBatches.$inferSelect;

/** Whether the lifecycle lets this happen to the batch now. */
export const mayHappen = (batch: Pick<ImportBatch, "state">, event: ImportEvent): boolean =>
  findTransition(IMPORT_LIFECYCLE, batch.state, event) !== undefined;

/**
 * Moves a batch to its next state, where it is still the version that was read.
 * @throws DomainError conflict when the lifecycle does not know the step, or someone else took one
 */
export async function moveBatch(
  tx: Transaction,
  batch: ImportBatch,
  event: ImportEvent,
  changes: Partial<typeof importBatches.$inferInsert> = {},
): Promise<ImportBatch> {
  const step = findTransition(IMPORT_LIFECYCLE, batch.state, event);
  if (!step) throw conflict("import");
  const [after] = await tx
    .update(importBatches)
    .set({ ...changes, state: step.to, version: batch.version + 1 })
    .where(and(eq(importBatches.id, batch.id), eq(importBatches.version, batch.version)))
    .returning();
  if (!after) throw conflict("import");
  return after;
}

/** The context of work that a person ordered and a process does; undefined when the person's account is gone. */
export async function ctxOfBatch(db: Database, batch: ImportBatch): Promise<Ctx | undefined> {
  const [actor, { now, today }] = await Promise.all([readActor(db, batch.createdBy), businessTime(db)]);
  return actor && { db, actor, now, today, requestId: newId(), address: "background" };
}

/** One number for all locks of this kind, so that they meet no other ones. */
const LOCK_SPACE = 4_105;

/**
 * Takes the batch for the time of this transaction: whoever dies lets go of it.
 * @param patient whether to wait for another one who works on it
 * @returns false when somebody else works on it
 */
export async function holdBatch(tx: Transaction, batchId: string, patient: boolean): Promise<boolean> {
  const key = sql`${LOCK_SPACE}::int, hashtext(${batchId})`;
  if (patient) {
    await tx.execute(sql`select pg_advisory_xact_lock(${key})`);
    return true;
  }
  const [row] = await tx.execute<{ held: boolean }>(sql`select pg_try_advisory_xact_lock(${key}) as held`);
  return row?.held === true;
}

/** The database ends a transaction that is silent for longer than a few seconds. @unit ms */
const SIGN_OF_LIFE_MS = 3_000;
const WAITING = Symbol("waiting");

/** Awaits work outside the database without letting go of the transaction. */
export async function whileHolding<T>(tx: Transaction, work: Promise<T>): Promise<T> {
  for (;;) {
    const done = await Promise.race([work, delay(SIGN_OF_LIFE_MS, WAITING, { ref: false })]);
    if (done !== WAITING) return done;
    await tx.execute(sql`select 1`);
  }
}

/** Says how far the work has come, for the page; outside the transaction of the work. */
export async function tellProgress(db: Database, batchId: string, doneRows: number, totalRows?: number): Promise<void> {
  await db
    .update(importBatches)
    .set({ doneRows, ...(totalRows === undefined ? {} : { totalRows }) })
    .where(eq(importBatches.id, batchId));
}
