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
  const { actor } = ctx;
  const eventId = newId();
  const actorName = nameInTrail(actor, change.action);
  const actorRole = actingFor(actor, change.action)[0]?.role ?? actor.roles[0] ?? "filer";
  await tx.insert(auditEntries).values({
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
    objectType: change.object.type,
    objectId: change.object.id,
    beforeDigest: change.before === undefined ? null : digestOf(change.before),
    afterDigest: change.after === undefined ? null : digestOf(change.after),
    result: change.event,
    reason: change.reason ?? null,
  });
  await tx.insert(domainEvents).values({
    id: eventId,
    regionId: change.object.regionId,
    type: change.event,
    subjectType: change.object.type,
    subjectId: change.object.id,
    at: ctx.now,
    actorId: actor.userId,
    actorName,
    actorRole,
    unitName: actor.unitName,
    reason: change.reason ?? null,
    payload: { ...change.payload },
  });
  await tx.insert(outbox).values({
    id: newId(),
    regionId: change.object.regionId,
    topic: change.event,
    subjectId: change.object.id,
    payload: { eventId, ...change.payload },
    createdAt: ctx.now,
    nextAttemptAt: new Date(),
  });
}
