import type { DatabaseOrTransaction } from "@db/client";
import type { Fen } from "~/kernel/fen";

import { boundFen, countedTotals } from "./limits.rules";
import { ledgerOf, readLedgerRows } from "./read-ledger.server";

/**
 * Below which amounts a project's approval cannot fall any more: what its contracts bind, those that wait for confirmation
 * included, and what arrived. Read it behind the project's lock when something is written by it.
 * @unit fen
 * @source domain.md §5
 */
export async function readMoneyFloor(
  db: DatabaseOrTransaction,
  projectId: string,
): Promise<{ readonly boundFen: Fen; readonly arrivedFen: Fen }> {
  const ledger = ledgerOf({ approvedFen: null, reviewedFen: null }, await readLedgerRows(db, projectId));
  return { boundFen: boundFen(ledger), arrivedFen: countedTotals(ledger).arrivedFen };
}
