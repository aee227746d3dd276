import type { LocalDate } from "~/kernel/local-date";
import type {
  DemandState,
  ExemptionState,
  GateBlock,
  GateCause,
  RecollectionState,
  SanctionRung,
  SanctionState,
  SharingMethod,
  UpdateCycle,
} from "~/kernel/vocabulary";

/** By what the gate judges. @source domain.md §5 */
export interface GateLimits {
  /** from which a valid MLPS test and a valid crypto assessment are due @unit MLPS level */
  readonly testedFromLevel: number;
  /** further update cycles that may go by before a stale resource closes the gate */
  readonly staleCycles: number;
  /** within which a published resource must be connected @unit days */
  readonly connectDays: number;
  /** what each cause stands in the way of */
  readonly blocks: Readonly<Record<GateCause, readonly GateBlock[]>>;
}

/** The record that proves a reason. */
export interface Evidence {
  readonly kind: "project" | "resource" | "demand" | "system" | "sanction" | "recollection";
  readonly id: string;
  readonly name: string;
}

export interface GateReason {
  readonly code: GateCause;
  readonly evidence: Evidence;
  readonly facts: Readonly<Record<string, string>>;
  /** what it stands in the way of today */
  readonly blocks: readonly GateBlock[];
  /** false: no exemption helps against it */
  readonly exemptible: boolean;
}

export type TestState = "missing" | "failed" | "expired";

export interface SecurityTest {
  readonly kind: "mlps" | "crypto";
  readonly passed: boolean;
  readonly testedOn: LocalDate;
  readonly validUntil: LocalDate;
}

/** What the gate must know of one unit; which of it counts against the unit is the rules' business. */
export interface GateFacts {
  /** projects that passed acceptance and built a system, without a system in the inventory that names them */
  readonly uninventoried: readonly { readonly id: string; readonly name: string; readonly acceptedOn: LocalDate }[];
  /** shareable entries of accepted projects that the bureau has not published */
  readonly unpublished: readonly { readonly id: string; readonly name: string; readonly acceptedOn: LocalDate }[];
  /** the unit's published resources that are shared */
  readonly published: readonly {
    readonly id: string;
    readonly name: string;
    readonly updateCycle: UpdateCycle;
    readonly lastUpdatedOn: LocalDate | null;
    readonly publishedOn: LocalDate | null;
    readonly method: SharingMethod | null;
    /** an interface or view of it stands on the exchange */
    readonly connected: boolean;
  }[];
  /** other units' open demands that this unit must answer or deliver */
  readonly duties: readonly {
    readonly id: string;
    readonly wanted: string;
    readonly state: DemandState;
    readonly answerDueOn: LocalDate | null;
    readonly dueOn: LocalDate | null;
  }[];
  /** the unit's own-built systems in use that are not secret, with their tests */
  readonly systems: readonly {
    readonly id: string;
    readonly name: string;
    readonly mlpsLevel: number | null;
    readonly tests: readonly SecurityTest[];
  }[];
  readonly sanctions: readonly {
    readonly id: string;
    readonly rung: SanctionRung;
    readonly state: SanctionState;
    readonly reason: string;
    readonly fromOn: LocalDate;
    readonly liftedOn: LocalDate | null;
  }[];
  readonly recollections: readonly {
    readonly id: string;
    readonly state: RecollectionState;
    /** the shared resource that already holds the data */
    readonly resourceName: string;
    readonly where: string;
  }[];
  readonly exemptions: readonly GateExemption[];
}

export interface GateExemption {
  readonly id: string;
  readonly state: ExemptionState;
  readonly reason: string;
  readonly fileId: string | null;
  readonly requestedBy: string;
  readonly signedBy: string | null;
  readonly approvedBy: string | null;
  readonly fromOn: LocalDate;
  readonly untilOn: LocalDate;
  readonly revokedOn: LocalDate | null;
}

export interface Gate {
  /** nothing stands in the way of money of whatever kind */
  readonly open: boolean;
  /** what is stopped today, exemptions counted */
  readonly blocked: Readonly<Record<GateBlock, boolean>>;
  /** shown also when an exemption opens the gate */
  readonly reasons: readonly GateReason[];
  /** sanctions too mild to close the gate */
  readonly notices: readonly GateReason[];
  /** the exemption in force, when there is one */
  readonly exemption: GateExemption | null;
}
