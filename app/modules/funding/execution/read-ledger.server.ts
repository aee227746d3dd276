import { asc, eq } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { arrivals, contractChanges, contracts, payments, type projects } from "@db/schema";

import type { Ledger } from "./limits.rules";

/** All money of a project, whatever its state: few rows, read in one go by its verbs and its page. */
export async function readLedgerRows(db: DatabaseOrTransaction, projectId: string) {
  const [contractRows, changeRows, arrivalRows, paymentRows] = await Promise.all([
    db
      .select()
      .from(contracts)
      .where(eq(contracts.projectId, projectId))
      .orderBy(asc(contracts.signedOn), asc(contracts.number)),
    db
      .select({ change: contractChanges })
      .from(contractChanges)
      .innerJoin(contracts, eq(contracts.id, contractChanges.contractId))
      .where(eq(contracts.projectId, projectId))
      .orderBy(asc(contractChanges.contractId), asc(contractChanges.number)),
    db
      .select()
      .from(arrivals)
      .where(eq(arrivals.projectId, projectId))
      .orderBy(asc(arrivals.arrivedOn), asc(arrivals.id)),
    db.select().from(payments).where(eq(payments.projectId, projectId)).orderBy(asc(payments.paidOn), asc(payments.id)),
  ]);
  return {
    contracts: contractRows,
    changes: changeRows.map(({ change }) => change),
    arrivals: arrivalRows,
    payments: paymentRows,
  };
}

export type LedgerRows = Awaited<ReturnType<typeof readLedgerRows>>;

/** The rows as the limits see them; what may be spent is the approved amount, before the approval the reviewed one. */
export const ledgerOf = (
  { approvedFen, reviewedFen }: Pick<typeof projects.$inferSelect, "approvedFen" | "reviewedFen">,
  rows: LedgerRows,
): Ledger => ({
  ...rows,
  limitFen: approvedFen ?? reviewedFen,
  changes: rows.changes.map(({ afterFen, ...change }) => ({ ...change, amountFen: afterFen })),
});
