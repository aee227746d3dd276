import type { Transaction } from "@db/client";
import type { Fen } from "~/kernel/fen";
import type { Refusal } from "~/kernel/result";
import type { Project } from "~/modules/projects/index.server";
import type { Ctx } from "~/platform/transaction.server";

import type { EntryKind } from "./entry.lifecycle";
import type { LimitCode } from "./limits.rules";
import type { LedgerRows } from "./read-ledger.server";

/** What the drafts themselves find wrong, beside the limits. */
export type DraftCode =
  | LimitCode
  | "stageNotSpending"
  | "numberTaken"
  | "voucherTaken"
  | "dayInFuture"
  | "endsBeforeSigned"
  | "paidBeforeSigned"
  | "operatorUnknown"
  | "paperMissing"
  | "changesNothing"
  | "changeStillOpen";

/** Where a draft stands: its project, locked, with its money. */
export interface DraftGround {
  readonly project: Project;
  readonly rows: LedgerRows;
  /** the entry that is corrected; null: a new one */
  readonly entryId: string | null;
}

/** An entry as it was filled in: what the verbs must know of it, whatever kind it is. */
export interface EntryDraft {
  readonly kind: EntryKind;
  readonly amountFen: Fen;
  readonly contractId: string | null;
  readonly problems: (
    tx: Transaction,
    ctx: Ctx,
    ground: DraftGround,
  ) => Promise<readonly Refusal<DraftCode>[]> | readonly Refusal<DraftCode>[];
  /** the columns of its own table */
  readonly columns: (ground: DraftGround) => Readonly<Record<string, unknown>>;
}
