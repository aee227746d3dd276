import { and, eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import type { arrivals } from "@db/schema";
import { accept, conflict, refuse, type Refusal, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, samePerson } from "~/policy";

import { entryFact, type EntryEvent } from "./entry.lifecycle";
import { decideEntry, type EntryStepRefusal } from "./entry.rules";
import { ENTRY_TABLES, loadEntry, type EntryRef, type LoadedEntry } from "./load-entry.server";

/** Columns that a step may set beside the state; a kind has those of its own. */
type Changes = Readonly<Record<string, unknown>>;

interface Step<Code extends string> extends EntryRef {
  readonly event: EntryEvent;
  readonly reason?: string;
  /** what the verb itself has against it, in the transaction that locked the project */
  readonly problems?: (
    tx: Transaction,
    loaded: LoadedEntry,
  ) => Promise<readonly Refusal<Code>[]> | readonly Refusal<Code>[];
  /** the columns that change with the state */
  readonly set?: (tx: Transaction, loaded: LoadedEntry) => Promise<Changes> | Changes;
  /** what else it brings about: the contract that a change alters, whom it tells */
  readonly follow?: (tx: Transaction, loaded: LoadedEntry) => Promise<void>;
}

/**
 * Moves an entry along its lifecycle, in the one order of all its verbs: lock its project, authorize, the version that was
 * read, decide, the limits, write, record, follow.
 * Refuses with notInThisState, the guards that do not hold, or what the verb's own question refuses with.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 */
export async function takeEntryStep<Code extends string = never>(
  ctx: Ctx,
  { kind, entryId, version, event, reason = "", problems, set, follow }: Step<Code>,
): Promise<Result<{ id: string }, Code | EntryStepRefusal>> {
  return inTransaction<{ id: string }, Code | EntryStepRefusal>(ctx, async (tx) => {
    const loaded = await loadEntry(tx, ctx, { kind, entryId }, event);
    const { entry, project, action } = loaded;
    authorize(ctx.actor, action, project);
    if (entry.version !== version) throw conflict(kind);
    const said = reason.trim();
    const decided = decideEntry(entry.state, event, [
      ...(samePerson(ctx.actor, entry.enteredBy) ? [] : (["otherPerson"] as const)),
      ...(said ? (["reasonGiven"] as const) : []),
    ]);
    if (!decided.ok) return decided;
    const against = (await problems?.(tx, loaded)) ?? [];
    if (against.length > 0) return refuse(...against);
    // The columns of a step have the same names in all four tables; which table it is does not matter to the statement.
    const table = ENTRY_TABLES[kind] as typeof arrivals;
    const [after] = await tx
      .update(table)
      .set({ ...(await set?.(tx, loaded)), state: decided.value.to, stateReason: said || null, version: version + 1 })
      .where(and(eq(table.id, entryId), eq(table.version, version)))
      .returning();
    if (!after) throw conflict(kind);
    await record(tx, ctx, {
      action,
      event: entryFact(kind, event),
      object: { type: kind, id: entryId, regionId: project.regionId },
      before: entry,
      after,
      ...(said && { reason: said }),
      payload: {
        projectId: project.id,
        projectName: project.name,
        amountFen: entry.amountFen,
        ...(entry.contractId && { contractId: entry.contractId }),
      },
    });
    await follow?.(tx, loaded);
    return accept({ id: entryId });
  });
}
