import type { Fen } from "~/kernel/fen";
import type { LocalDate } from "~/kernel/local-date";
import type {
  AttachmentKind,
  BudgetCategory,
  FormatClass,
  FundingSource,
  GoalOperator,
  Hosting,
  ProjectClass,
  ProjectNature,
  ProjectStage,
  SharingMethod,
  SharingType,
  Shortcut,
  UpdateCycle,
} from "~/kernel/vocabulary";

import type { GateReason } from "~/modules/compliance";

import type { HostingExemption } from "./hosting.rules";
import type { SimilarHit } from "./similar/similar.rules";

/** The seven sections of a filing, in their order. @source domain.md §3 */
export const FILING_SECTIONS = {
  basics: "基本信息",
  goals: "需求与目标",
  money: "资金概算",
  data: "数据目录",
  security: "云与安全",
  components: "统一组件",
  attachments: "附件材料",
} as const;
export type FilingSection = keyof typeof FILING_SECTIONS;
/** A section, or the check itself: what no single section can mend. */
export type FilingPlace = FilingSection | "check";

export interface Basics {
  readonly name: string;
  readonly year: number;
  readonly class: ProjectClass | null;
  readonly nature: ProjectNature | null;
  readonly basis: string;
  /** null: the ordinary procedure. @source domain.md §2 (short-cuts) */
  readonly shortcut: Shortcut | null;
  readonly shortcutBasis: string;
  readonly leaderName: string;
  readonly liaisonName: string;
  readonly liaisonPhone: string;
  readonly partners: readonly { readonly role: "lead" | "co"; readonly mention: string }[];
  /** the systems that an upkeep project keeps running; absent in what was handed in before it was asked for */
  readonly maintained?: readonly InventoryEntry[];
}

/** A system as the inventory knows it. */
export interface InventoryEntry {
  readonly code: string;
  readonly name: string;
}

export interface Milestone {
  readonly name: string;
  readonly plannedOn: LocalDate;
  /** planned cumulative progress when it is reached @unit percent */
  readonly cumulativePercent: number;
}

export interface PerformanceGoal {
  readonly name: string;
  readonly operator: GoalOperator;
  readonly target: string;
  readonly measureUnit: string;
}

export interface Goals {
  readonly need: string;
  readonly content: string;
  readonly plannedStartOn: LocalDate | null;
  readonly plannedEndOn: LocalDate | null;
  readonly milestones: readonly Milestone[];
  readonly goals: readonly PerformanceGoal[];
}

export interface BudgetLine {
  readonly category: BudgetCategory;
  readonly name: string;
  /** decimal text with at most two decimals */
  readonly quantity: string;
  readonly measureUnit: string;
  readonly unitPriceFen: Fen;
  readonly declaredFen: Fen;
}

export interface Money {
  readonly declaredFen: Fen;
  /** the estimate of the feasibility study, once it was typed */
  readonly feasibilityFen: Fen | null;
  readonly lines: readonly BudgetLine[];
  readonly years: readonly { readonly year: number; readonly amountFen: Fen }[];
  readonly sources: readonly { readonly source: FundingSource; readonly amountFen: Fen }[];
}

export interface FiledResource {
  readonly id: string;
  readonly name: string;
  readonly category: string;
  readonly summary: string;
  readonly items: readonly string[];
  readonly formatClass: FormatClass;
  readonly sharingType: SharingType;
  readonly method: SharingMethod | null;
  readonly updateCycle: UpdateCycle;
}

export interface FiledDemand {
  readonly id: string;
  readonly wanted: string;
  readonly providerName: string | null;
  readonly scene: string;
  readonly legalBasis: string;
  readonly method: SharingMethod;
  readonly frequency: UpdateCycle;
}

export interface DataSection {
  readonly resources: readonly FiledResource[];
  readonly demands: readonly FiledDemand[];
  readonly noDataStatement: string;
}

export interface Security {
  readonly secret: boolean | null;
  readonly mlpsLevel: number | null;
  readonly hosting: Hosting | null;
  readonly exemption: HostingExemption | null;
  readonly cryptoPlan: string;
  readonly mlpsFilingNumber: string;
}

export type ComponentDecision = "reuse" | "notFitting" | "notReused";

export interface ComponentChoice {
  readonly code: string;
  readonly name: string;
  /** null: not decided yet */
  readonly decision: ComponentDecision | null;
  readonly reason: string;
}

/** What the applicant wrote, section by section: the one shape that pages show, rules judge and submissions freeze. */
export interface Filing {
  readonly basics: Basics;
  readonly goals: Goals;
  readonly money: Money;
  readonly data: DataSection;
  readonly security: Security;
  readonly components: readonly ComponentChoice[];
  readonly attachments: readonly { readonly id: string; readonly kind: AttachmentKind; readonly fileName: string }[];
  readonly differenceStatement: string;
}

/** A unit's own filing within a cross-department project. */
export interface ProjectPart {
  readonly name: string;
  readonly unitName: string;
  readonly stage: ProjectStage;
}

/** What the rules must know beyond the filing itself. */
export interface FilingSurroundings {
  /** systems of the unit that stand in the inventory and are in use */
  readonly inventory: readonly InventoryEntry[];
  /** the parts of which this project is the lead */
  readonly parts: readonly ProjectPart[];
  readonly unitId: string;
  /** what keeps the unit from filing new or rebuilt systems today: the reasons of its sharing gate that say so */
  readonly closedBy: readonly Pick<GateReason, "code" | "evidence" | "facts">[];
  /** what 查重 shows, judged */
  readonly similar: readonly SimilarHit[];
}
