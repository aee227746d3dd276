import { and, asc, eq, inArray, isNull, lte, sql } from "drizzle-orm";

import type { Database } from "@db/client";
import { outbox } from "@db/schema";

import { log } from "./log.server";

/** What a listener is told: the event's name, its subject and its facts. */
export interface Delivered {
  readonly topic: string;
  readonly subjectId: string;
  readonly regionId: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Delivery is at least once: a listener must bear being called twice for one event. */
export type Listener = (event: Delivered, db: Database) => Promise<void>;
export type Listeners = Readonly<Record<string, readonly Listener[]>>;

/** All modules' listeners as one: a topic that several listen to reaches each of them. */
export function mergeListeners(...modules: readonly Listeners[]): Listeners {
  const merged: Record<string, Listener[]> = {};
  for (const [topic, listeners] of modules.flatMap((module) => Object.entries(module))) {
    (merged[topic] ??= []).push(...listeners);
  }
  return merged;
}

const BATCH = 50;
/** A claimed row that nobody finished (its process died) is due again after this. @unit ms */
const LEASE_MS = 60_000;
/** Back-off doubles from here up to six hours. @unit ms */
const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 6 * 3_600_000;

let wake: () => void = () => undefined;

/** Tells the relay of this process that a commit may have left something to deliver. */
export const nudgeOutbox = (): void => wake();

/** Says who is woken by a commit; the job runner does. */
export function onNudge(listener: () => void): void {
  wake = listener;
}

/** Delivers everything that is due, oldest first; returns how many rows were done. */
export async function relayOutbox(db: Database, listeners: Listeners): Promise<number> {
  let done = 0;
  for (;;) {
    const claimed = await claim(db);
    for (const row of claimed) if (await deliver(db, row, listeners)) done++;
    if (claimed.length < BATCH) return done;
  }
}

type Row = typeof outbox.$inferSelect;

async function claim(db: Database): Promise<Row[]> {
  const now = new Date();
  const rows = await db.transaction(async (tx) => {
    const due = await tx
      .select({ id: outbox.id })
      .from(outbox)
      .where(and(isNull(outbox.doneAt), lte(outbox.nextAttemptAt, now)))
      .orderBy(asc(outbox.id))
      .limit(BATCH)
      .for("update", { skipLocked: true });
    if (due.length === 0) return [];
    return tx
      .update(outbox)
      .set({ attempts: sql`${outbox.attempts} + 1`, nextAttemptAt: new Date(now.getTime() + LEASE_MS) })
      .where(
        inArray(
          outbox.id,
          due.map((row) => row.id),
        ),
      )
      .returning();
  });
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function deliver(db: Database, row: Row, listeners: Listeners): Promise<boolean> {
  try {
    for (const listen of listeners[row.topic] ?? []) await listen(row, db);
    await db.update(outbox).set({ doneAt: new Date(), lastError: null }).where(eq(outbox.id, row.id));
    return true;
  } catch (error) {
    const wait = Math.min(FIRST_RETRY_MS * 2 ** (row.attempts - 1), LONGEST_RETRY_MS);
    log.error({ err: error, topic: row.topic, outboxId: row.id }, "delivery failed, will be tried again");
    await db
      .update(outbox)
      .set({
        nextAttemptAt: new Date(Date.now() + wait),
        lastError: error instanceof Error ? error.message : String(error),
      })
      .where(eq(outbox.id, row.id));
    return false;
  }
}
