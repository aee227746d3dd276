import { sumFen, ZERO_FEN, fen, type Fen } from "~/kernel/fen";
import type { Refusal } from "~/kernel/result";
import type { EntryState } from "~/kernel/vocabulary";

import type { EntryKind } from "./entry.lifecycle";

interface Row {
  readonly id: string;
  readonly state: EntryState;
  /** of a change: what the contract's amount becomes @unit fen */
  readonly amountFen: Fen;
}

/** The money of one project, as the limits see it. */
export interface Ledger {
  /** what may be spent in all: the approved amount, before the approval the reviewed one; null: neither */
  readonly limitFen: Fen | null;
  readonly contracts: readonly Row[];
  readonly changes: readonly (Row & { readonly contractId: string })[];
  readonly arrivals: readonly Row[];
  readonly payments: readonly (Row & { readonly contractId: string | null })[];
}

/** An entry that asks to be taken on; its own row in the ledger, if it is there, does not count against it. */
export interface Candidate {
  /** null: not in the ledger yet */
  readonly id: string | null;
  readonly amountFen: Fen;
  /** of a change or a payment */
  readonly contractId?: string | null;
}

export type LimitCode =
  | "notApprovedYet"
  | "contractsAboveApproved"
  | "arrivalsAboveApproved"
  | "contractNotConfirmed"
  | "paymentsAboveContract"
  | "paymentsAboveArrived"
  | "changeBelowPaid"
  | "contractHasPayments"
  | "contractChangeOpen"
  | "arrivalsBelowPaid";

type LimitRefusal = Refusal<LimitCode>;

const taken = ({ state }: Row): boolean => state === "entered" || state === "confirmed";
const confirmed = ({ state }: Row): boolean => state === "confirmed";
const total = (rows: readonly Row[]): Fen => sumFen(rows.map(({ amountFen }) => amountFen));

/** What is confirmed of each: the sums that reports count. @unit fen */
export function countedTotals({ contracts, arrivals, payments }: Ledger): {
  readonly contractedFen: Fen;
  readonly arrivedFen: Fen;
  readonly paidFen: Fen;
} {
  return {
    contractedFen: total(contracts.filter(confirmed)),
    arrivedFen: total(arrivals.filter(confirmed)),
    paidFen: total(payments.filter(confirmed)),
  };
}

/**
 * What contracts bind: entered and confirmed ones, each with the higher amount that an open change asks for, so that
 * nobody else takes the room while finance looks at it.
 * @unit fen
 */
export function boundFen({ contracts, changes }: Ledger, except: string | null = null): Fen {
  return sumFen(
    contracts
      .filter((row) => taken(row) && row.id !== except)
      .map(({ id, amountFen }) => {
        const open = changes.find((change) => change.contractId === id && change.state === "entered");
        return open && open.amountFen > amountFen ? open.amountFen : amountFen;
      }),
  );
}

/** Payments of a contract that are entered or confirmed. @unit fen */
export const paidOfContract = ({ payments }: Ledger, contractId: string, except: string | null = null): Fen =>
  total(payments.filter((row) => taken(row) && row.contractId === contractId && row.id !== except));

/**
 * May an entry be made or confirmed with this amount? Contracts stay within the approved amount, arrivals too; payments
 * within their contract and, to be confirmed, within what arrived; a change not below what its contract has paid.
 * @unit facts in fen
 * @source domain.md §5
 */
export function entryProblems(
  ledger: Ledger,
  kind: EntryKind,
  entry: Candidate,
  step: "enter" | "confirm",
): readonly LimitRefusal[] {
  switch (kind) {
    case "contract":
      return withinApproved(ledger, "contractsAboveApproved", boundFen(ledger, entry.id), entry.amountFen);
    case "arrival": {
      const others = total(ledger.arrivals.filter((row) => taken(row) && row.id !== entry.id));
      return withinApproved(ledger, "arrivalsAboveApproved", others, entry.amountFen);
    }
    case "contractChange":
      return changeProblems(ledger, entry);
    case "payment":
      return paymentProblems(ledger, entry, step);
  }
}

function withinApproved(
  { limitFen }: Ledger,
  code: "contractsAboveApproved" | "arrivalsAboveApproved",
  othersFen: Fen,
  amountFen: Fen,
): readonly LimitRefusal[] {
  if (limitFen === null) return [{ code: "notApprovedYet" }];
  if (othersFen + amountFen <= limitFen) return [];
  return [{ code, field: "amount", facts: { limitFen, othersFen, amountFen } }];
}

const contractOf = (ledger: Ledger, { contractId }: Candidate): Row | undefined =>
  ledger.contracts.find((row) => row.id === contractId && confirmed(row));

function changeProblems(ledger: Ledger, change: Candidate): readonly LimitRefusal[] {
  const contract = contractOf(ledger, change);
  if (!contract) return [{ code: "contractNotConfirmed", field: "contractId" }];
  const paidFen = paidOfContract(ledger, contract.id);
  if (change.amountFen < paidFen)
    return [{ code: "changeBelowPaid", field: "amount", facts: { paidFen, amountFen: change.amountFen } }];
  // A lower amount always fits, also after the approved amount itself was lowered.
  if (change.amountFen <= contract.amountFen) return [];
  return withinApproved(ledger, "contractsAboveApproved", boundFen(ledger, contract.id), change.amountFen);
}

function paymentProblems(ledger: Ledger, payment: Candidate, step: "enter" | "confirm"): readonly LimitRefusal[] {
  const contract = contractOf(ledger, payment);
  if (!contract) return [{ code: "contractNotConfirmed", field: "contractId" }];
  const { amountFen } = payment;
  const othersFen = paidOfContract(ledger, contract.id, payment.id);
  if (othersFen + amountFen > contract.amountFen)
    return [
      {
        code: "paymentsAboveContract",
        field: "amount",
        facts: { limitFen: contract.amountFen, othersFen, amountFen },
      },
    ];
  if (step === "enter") return [];
  const { arrivedFen, paidFen } = countedTotals(ledger);
  if (paidFen + amountFen <= arrivedFen) return [];
  return [{ code: "paymentsAboveArrived", facts: { limitFen: arrivedFen, othersFen: paidFen, amountFen } }];
}

/**
 * May a confirmed entry be taken back? A contract while nothing was paid on it and no change of it is open, an arrival as
 * long as the rest covers what was paid.
 * @unit facts in fen
 * @source domain.md §5
 */
export function revokeProblems(
  ledger: Ledger,
  kind: EntryKind,
  { id, amountFen }: { readonly id: string; readonly amountFen: Fen },
): readonly LimitRefusal[] {
  if (kind === "contract") {
    const paidFen = paidOfContract(ledger, id);
    if (paidFen > ZERO_FEN) return [{ code: "contractHasPayments", facts: { paidFen } }];
    const open = ledger.changes.some((change) => change.contractId === id && change.state === "entered");
    return open ? [{ code: "contractChangeOpen" }] : [];
  }
  if (kind !== "arrival") return [];
  const { arrivedFen, paidFen } = countedTotals(ledger);
  const restFen = fen(arrivedFen - amountFen);
  return restFen < paidFen ? [{ code: "arrivalsBelowPaid", facts: { restFen, paidFen } }] : [];
}
