import { eq } from "drizzle-orm";

import type { DatabaseOrTransaction, Transaction } from "@db/client";
import { arrivals, contractChanges, contracts, payments } from "@db/schema";
import type { Fen } from "~/kernel/fen";
import { forbidden, notFound } from "~/kernel/result";
import type { EntryState } from "~/kernel/vocabulary";
import { loadProject, type Project } from "~/modules/projects/index.server";
import type { Ctx } from "~/platform/transaction.server";
import type { Action } from "~/policy";

import type { EntryEvent, EntryKind } from "./entry.lifecycle";
import { entryAction } from "./entry.rules";
import type { Ledger } from "./limits.rules";
import { ledgerOf, readLedgerRows, type LedgerRows } from "./read-ledger.server";

/** Which entry, and the version the form was filled in from. */
export interface EntryRef {
  readonly kind: EntryKind;
  readonly entryId: string;
  readonly version: number;
}

/** What all kinds of entries have. */
export interface Entry {
  readonly id: string;
  readonly state: EntryState;
  /** of a change: what the contract's amount becomes @unit fen */
  readonly amountFen: Fen;
  readonly contractId: string | null;
  readonly enteredBy: string;
  readonly version: number;
}

export interface LoadedEntry {
  readonly project: Project;
  readonly rows: LedgerRows;
  readonly ledger: Ledger;
  readonly entry: Entry;
}

/** The tables of the four kinds. Their common columns have the same names, so that one verb serves them all. */
export const ENTRY_TABLES = {
  contract: contracts,
  contractChange: contractChanges,
  arrival: arrivals,
  payment: payments,
} as const;

/** The project of an entry; undefined when there is no such entry. */
export async function projectOfEntry(
  db: DatabaseOrTransaction,
  kind: EntryKind,
  entryId: string,
): Promise<string | undefined> {
  if (kind === "contractChange") {
    const [row] = await db
      .select({ projectId: contracts.projectId })
      .from(contractChanges)
      .innerJoin(contracts, eq(contracts.id, contractChanges.contractId))
      .where(eq(contractChanges.id, entryId));
    return row?.projectId;
  }
  const table = ENTRY_TABLES[kind];
  const [row] = await db.select({ projectId: table.projectId }).from(table).where(eq(table.id, entryId));
  return row?.projectId;
}

/** An entry among the rows of its project. */
export function entryAmong(
  { contracts: bought, changes, arrivals: came, payments: paid }: LedgerRows,
  kind: EntryKind,
) {
  switch (kind) {
    case "contract":
      return bought.map((row) => ({ ...row, contractId: null }));
    case "contractChange":
      return changes.map((row) => ({ ...row, amountFen: row.afterFen }));
    case "arrival":
      return came.map((row) => ({ ...row, contractId: null }));
    case "payment":
      return paid;
  }
}

/**
 * The first step of every verb on an entry. The project is locked before its rows are read: whatever changes its money
 * waits here, so the sums that are checked are the sums that are written.
 * @throws DomainError notFound outside the actor's sight, forbidden without the permission
 */
export async function loadEntry(
  tx: Transaction,
  ctx: Ctx,
  { kind, entryId }: Pick<EntryRef, "kind" | "entryId">,
  event: EntryEvent,
): Promise<LoadedEntry & { readonly action: Action }> {
  const projectId = await projectOfEntry(tx, kind, entryId);
  if (!projectId) throw notFound(kind);
  const project = await loadProject(tx, ctx, projectId, "project:read");
  const action = entryAction(kind, event);
  if (!action) throw forbidden(`${kind}:${event}`);
  const rows = await readLedgerRows(tx, projectId);
  const entry = entryAmong(rows, kind).find(({ id }) => id === entryId);
  if (!entry) throw notFound(kind);
  return { project, rows, ledger: ledgerOf(project, rows), entry, action };
}
