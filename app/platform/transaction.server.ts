import type { Database, Transaction } from "@db/client";
import { auditEntries, domainEvents, outbox } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { LocalDate } from "~/kernel/local-date";
import type { Result } from "~/kernel/result";
import { actingFor, nameInTrail, type Action } from "~/policy";

import { digestOf } from "./audit/digest";
import { newId } from "./ids.server";
import { nudgeOutbox } from "./outbox.server";

/** What a verb is given: who acts, when, from where, and on which database. */
export interface Ctx {
  readonly db: Database;
  readonly actor: Actor;
  readonly now: Date;
  readonly today: LocalDate;
  readonly requestId: string;
  readonly address: string;
}

/** What a verb says about the change it made. Audit, event and outbox rows come from this one statement. */
export interface Change {
  readonly action: Action;
  /** past tense: `projectSubmitted` */
  readonly event: string;
  readonly object: { readonly type: string; readonly id: string; readonly regionId: string };
  readonly before?: unknown;
  readonly after?: unknown;
  readonly reason?: string;
  /** facts that timelines and listeners need */
  readonly payload?: Readonly<Record<string, unknown>>;
}

class RolledBack extends Error {
  constructor(readonly result: unknown) {
    super("rolled back");
  }
}

const RETRYABLE = new Set(["40001", "40P01"]);
const MAX_TRIES = 3;

function isRetryable(error: unknown): boolean {
  const cause = error instanceof Error && error.cause ? error.cause : error;
  const code = (cause as { code?: unknown }).code;
  return typeof code === "string" && RETRYABLE.has(code);
}

/**
 * Runs a verb's work in one transaction. A refusal rolls everything back, so nothing half-written stays; a serialization
 * failure or deadlock is tried again. Effects outside the database happen only after the commit, from the outbox.
 */
export async function inTransaction<T, Code extends string>(
  ctx: Ctx,
  work: (tx: Transaction) => Promise<Result<T, Code>>,
): Promise<Result<T, Code>> {
  for (let tries = 1; ; tries++) {
    try {
      const result = await ctx.db.transaction(async (tx) => {
        const outcome = await work(tx);
        if (!outcome.ok) throw new RolledBack(outcome);
        return outcome;
      });
      nudgeOutbox();
      return result;
    } catch (error) {
      if (error instanceof RolledBack) return error.result as Result<T, Code>;
      if (tries >= MAX_TRIES || !isRetryable(error)) throw error;
    }
  }
}

/** Writes the audit row, the domain event and the outbox row of a change, in the transaction of the change. */
export async function record(tx: Transaction, ctx: Ctx, change: Change): Promise<void> {
  await recordAll(tx, ctx, [change]);
}

/** Changes that one statement records. */
const AT_ONCE = 1_000;

/** The same for many changes that one deed made: three statements, however many they are. */
export async function recordAll(tx: Transaction, ctx: Ctx, changes: readonly Change[]): Promise<void> {
  for (let from = 0; from < changes.length; from += AT_ONCE) {
    const rows = changes.slice(from, from + AT_ONCE).map((change) => rowsOf(ctx, change));
    await tx.insert(auditEntries).values(rows.map(({ audit }) => audit));
    await tx.insert(domainEvents).values(rows.map(({ event }) => event));
    await tx.insert(outbox).values(rows.map(({ message }) => message));
  }
}

function rowsOf(ctx: Ctx, change: Change) {
  const { actor } = ctx;
  const { object, reason = null } = change;
  const eventId = newId();
  const actorName = nameInTrail(actor, change.action);
  const audit: typeof auditEntries.$inferInsert = {
    id: newId(),
    // The trail tells real time, also in a demonstration whose business day stands still.
    at: new Date(),
    requestId: ctx.requestId,
    actorId: actor.userId,
    actorName,
    actorRoles: actor.roles.join(","),
    unitId: actor.unitId,
    regionId: actor.regionId,
    address: ctx.address,
    action: change.action,
    objectType: object.type,
    objectId: object.id,
    beforeDigest: change.before === undefined ? null : digestOf(change.before),
    afterDigest: change.after === undefined ? null : digestOf(change.after),
    result: change.event,
    reason,
  };
  const event: typeof domainEvents.$inferInsert = {
    id: eventId,
    regionId: object.regionId,
    type: change.event,
    subjectType: object.type,
    subjectId: object.id,
    at: ctx.now,
    actorId: actor.userId,
    actorName,
    actorRole: actingFor(actor, change.action)[0]?.role ?? actor.roles[0] ?? "filer",
    unitName: actor.unitName,
    reason,
    payload: { ...change.payload },
  };
  const message: typeof outbox.$inferInsert = {
    id: newId(),
    regionId: object.regionId,
    topic: change.event,
    subjectId: object.id,
    payload: { eventId, ...change.payload },
    createdAt: ctx.now,
    nextAttemptAt: new Date(),
  };
  return { audit, event, message };
}
