import type { Fen } from "~/kernel/fen";
import type { LocalDate } from "~/kernel/local-date";
import type { EntryState, ProjectStage } from "~/kernel/vocabulary";

/** What the matching must know of the projects that a sheet speaks of; loaded set-based, whatever the number of rows. */
export interface MatchFacts {
  readonly projects: readonly {
    readonly id: string;
    readonly code: string;
    readonly name: string;
    readonly unitName: string;
    readonly stage: ProjectStage;
    readonly arrivedFen: Fen;
    /** the gate lets its payments through today */
    readonly moneyOpen: boolean;
  }[];
  readonly contracts: readonly {
    readonly id: string;
    readonly projectId: string;
    readonly number: string;
    readonly supplier: string;
    readonly amountFen: Fen;
    readonly signedOn: LocalDate;
    readonly state: EntryState;
  }[];
  readonly payments: readonly {
    readonly id: string;
    readonly projectId: string;
    readonly contractId: string | null;
    readonly voucher: string;
    readonly amountFen: Fen;
    readonly paidOn: LocalDate;
    readonly state: EntryState;
    /** entered by the person who applies the sheet, or whom he acts for */
    readonly own: boolean;
  }[];
}

export interface MatchLimits {
  readonly today: LocalDate;
  /** by which days may differ where no voucher tells @unit days */
  readonly dayTolerance: number;
}

/** Why a row of a payment sheet matches nothing. */
export type RowCode =
  | "amountUnreadable"
  | "amountNotPositive"
  | "dayUnreadable"
  | "dayInFuture"
  | "duplicateInSheet"
  | "nothingToMatch"
  | "voucherMissing"
  | "voucherConfirmed"
  | "voucherNotOpen"
  | "amountDiffers"
  | "contractDiffers"
  | "contractUnknown"
  | "contractNotConfirmed"
  | "projectUnknown"
  | "projectAmbiguous"
  | "contractUnclear"
  | "twoCandidates"
  | "sameAsConfirmed"
  | "paidBeforeSigned"
  | "exceedsContract"
  | "exceedsArrivals"
  | "stageNotSpending"
  | "projectSuspended"
  | "gateClosed"
  | "otherPerson";

export interface RowProblem {
  readonly code: RowCode;
  readonly facts?: Readonly<Record<string, string | number>>;
}

interface Found {
  readonly projectId: string | null;
  readonly contractId: string | null;
}

/** What a row turned out to be. */
export type RowOutcome = { readonly rowNumber: number } & (
  | (Found & { readonly match: "confirms"; readonly paymentId: string })
  | (Found & { readonly match: "enters"; readonly projectId: string; readonly contractId: string })
  | (Found & { readonly match: "unmatched"; readonly problem: RowProblem })
);
