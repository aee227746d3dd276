import { addMonths, type LocalDate } from "~/kernel/local-date";
import { refuse, type Refusal, type Result } from "~/kernel/result";
import { decideStep, type StepRefusal } from "~/kernel/lifecycle";
import type {
  AcceptanceDocument,
  AcceptanceKind,
  AcceptanceState,
  ArchiveResult,
  ExtensionState,
  ProjectStage,
  ResourceState,
  SharingType,
} from "~/kernel/vocabulary";
import type { Action } from "~/policy";

import { ACCEPTANCE_LIFECYCLE, type AcceptanceEvent, type AcceptanceTransition } from "./acceptance.lifecycle";
import { EXTENSION_LIFECYCLE, type ExtensionEvent, type ExtensionTransition } from "./extension.lifecycle";

/** The stage in which each kind of acceptance is applied for and decided. @source domain.md §2 */
export const STAGE_OF: Readonly<Record<AcceptanceKind, ProjectStage>> = {
  initial: "implementation",
  final: "trialRun",
};

/** The kind of acceptance that a stage asks for; undefined where none is due. */
export function kindDue(stage: ProjectStage): AcceptanceKind | undefined {
  if (stage === STAGE_OF.initial) return "initial";
  return stage === STAGE_OF.final ? "final" : undefined;
}

/** Figures of the rule table that the gate of an acceptance asks. */
export interface GateFigures {
  /** security level from which the report of a security test is needed */
  readonly mlpsReportFromLevel: number;
  /** security level from which the report on cryptography is needed */
  readonly cryptoReportFromLevel: number;
  /** @unit months that a trial run lasts at least */
  readonly trialRunMonths: number;
}

/** An entry of the data catalog that the project made. */
export interface EntryFacts {
  readonly id: string;
  readonly name: string;
  readonly state: ResourceState;
  readonly sharingType: SharingType;
  /** its interface or files are attached to the exchange platform */
  readonly connectedOn: LocalDate | null;
  readonly testSharedOn: LocalDate | null;
}

/** What the gate of an acceptance looks at. */
export interface GateFacts {
  readonly kind: AcceptanceKind;
  readonly completedOn: LocalDate | null;
  readonly trialRunSince: LocalDate | null;
  readonly mlpsLevel: number | null;
  readonly statement: string;
  /** kinds of the papers that are there */
  readonly papers: readonly AcceptanceDocument[];
  /** result of the latest check of the archive; null when there was none */
  readonly archive: ArchiveResult | null;
  readonly entries: readonly EntryFacts[];
}

/**
 * What stands between a project and its acceptance.
 * - `constructionOpen`: it was not declared built
 * - `statementMissing`; `paperMissing`: fact paper, and level when a security level asks for it
 * - `trialRunUnknown`; `trialRunTooShort`: facts months, until (the first day on which it is long enough)
 * - `archiveUnchecked`, `archiveFailed`
 * - `entryDraft`, `entryUnpublished`, `entryUnconnected`, `entryUntested`: facts entryId, name
 */
export type GateCode =
  | "constructionOpen"
  | "statementMissing"
  | "paperMissing"
  | "trialRunUnknown"
  | "trialRunTooShort"
  | "archiveUnchecked"
  | "archiveFailed"
  | "entryDraft"
  | "entryUnpublished"
  | "entryUnconnected"
  | "entryUntested";

export type Missing = Refusal<GateCode>;

/** Papers that are always needed. @source domain.md §2; 国办发〔2019〕57号 */
const PAPERS: Readonly<Record<AcceptanceKind, readonly AcceptanceDocument[]>> = {
  initial: ["constructionSummary", "contractAcceptance"],
  final: ["constructionSummary", "financialReport", "auditReport", "trialRunReport"],
};

/** A paper that this project's acceptance needs; the level when it needs it because of that. */
export interface NeededPaper {
  readonly paper: AcceptanceDocument;
  readonly level?: number;
}

/**
 * The papers that an acceptance of a project needs.
 * @source domain.md §2; rule figures acceptance.mlpsReportFromLevel, acceptance.cryptoReportFromLevel
 */
export function neededPapers(
  { kind, mlpsLevel }: Pick<GateFacts, "kind" | "mlpsLevel">,
  figures: GateFigures,
): NeededPaper[] {
  const level = mlpsLevel ?? 0;
  const always = PAPERS[kind].map((paper) => ({ paper }));
  if (kind === "initial") return always;
  return [
    ...always,
    ...(level >= figures.mlpsReportFromLevel ? [{ paper: "mlpsReport", level } as const] : []),
    ...(level >= figures.cryptoReportFromLevel ? [{ paper: "cryptoReport", level } as const] : []),
  ];
}

/**
 * What the unit must have done before it submits: the statement and the papers are its own; archive, entries and trial run
 * may come right while the application is on its way.
 */
export function applicationMissing(facts: GateFacts, figures: GateFigures): Missing[] {
  const there = new Set(facts.papers);
  return [
    ...(facts.completedOn === null ? [{ code: "constructionOpen" } as const] : []),
    ...(facts.statement.trim() ? [] : [{ code: "statementMissing", field: "statement" } as const]),
    ...neededPapers(facts, figures)
      .filter(({ paper }) => !there.has(paper))
      .map((needed): Missing => ({ code: "paperMissing", field: "file", facts: { ...needed } })),
  ];
}

/**
 * Everything that stands between a project and its acceptance: what the unit must hand in, and for the final one also the
 * trial run's length, the archive and every entry of its data. A shared entry is published, connected and tested; none may
 * still be a draft; what was withdrawn is not asked about.
 * @source domain.md §2; rule figures acceptance.*
 */
export function acceptanceMissing(facts: GateFacts, figures: GateFigures, today: LocalDate): Missing[] {
  const application = applicationMissing(facts, figures);
  if (facts.kind === "initial") return application;
  return [
    ...application,
    ...trialRunMissing(facts.trialRunSince, figures.trialRunMonths, today),
    ...archiveMissing(facts.archive),
    ...facts.entries.flatMap(entryMissing),
  ];
}

function trialRunMissing(since: LocalDate | null, months: number, today: LocalDate): Missing[] {
  if (since === null) return [{ code: "trialRunUnknown" }];
  const until = addMonths(since, months);
  return today < until ? [{ code: "trialRunTooShort", facts: { months, until } }] : [];
}

function archiveMissing(latest: ArchiveResult | null): Missing[] {
  if (latest === "passed") return [];
  return [{ code: latest === null ? "archiveUnchecked" : "archiveFailed" }];
}

function entryMissing({ id, name, state, sharingType, connectedOn, testSharedOn }: EntryFacts): Missing[] {
  const says = (code: GateCode): Missing[] => [{ code, facts: { entryId: id, name } }];
  if (state === "withdrawn") return [];
  if (state === "draft") return says("entryDraft");
  if (sharingType === "none") return [];
  if (state !== "published") return says("entryUnpublished");
  if (connectedOn === null) return says("entryUnconnected");
  return testSharedOn === null ? says("entryUntested") : [];
}

/** The conditions of the project's own lifecycle that hold, as far as the gate knows them. */
export function heldByGate(missing: readonly Missing[]) {
  const absent = (...codes: readonly GateCode[]): boolean => !missing.some(({ code }) => codes.includes(code));
  return [
    ...(absent("constructionOpen") ? (["constructionCompleted"] as const) : []),
    ...(absent("statementMissing", "paperMissing") ? (["documentsComplete"] as const) : []),
    ...(absent("trialRunUnknown", "trialRunTooShort") ? (["trialRunLongEnough"] as const) : []),
    ...(absent("archiveUnchecked", "archiveFailed") ? (["archiveAccepted"] as const) : []),
    ...(absent("entryDraft", "entryUnpublished", "entryUnconnected", "entryUntested")
      ? (["entriesShared"] as const)
      : []),
  ];
}

/** A guard that does not hold refuses by its own name. */
export type AcceptanceStepRefusal = StepRefusal<AcceptanceTransition> | "projectStandsStill";
export type ExtensionStepRefusal = StepRefusal<ExtensionTransition> | "projectStandsStill";

/**
 * While a project is suspended nobody decides on its applications and requests, and once it is terminated they only end;
 * the unit may take them back.
 * @source domain.md §2
 */
export const standsStill = (stage: ProjectStage, event: AcceptanceEvent | ExtensionEvent): boolean =>
  event !== "withdraw" && (stage === "suspended" || stage === "terminated");

/** What an event does to an application. Refuses with notInThisState, or with every guard that does not hold. */
export const decideAcceptance = (
  state: AcceptanceState,
  event: AcceptanceEvent,
  guardsHeld: readonly NonNullable<AcceptanceTransition["guards"]>[number][],
): Result<AcceptanceTransition, AcceptanceStepRefusal> =>
  decideStep<AcceptanceTransition>(ACCEPTANCE_LIFECYCLE, state, event, guardsHeld);

/** What an event does to a request for a later limit. Refuses likewise. */
export const decideExtension = (
  state: ExtensionState,
  event: ExtensionEvent,
  guardsHeld: readonly NonNullable<ExtensionTransition["guards"]>[number][],
): Result<ExtensionTransition, ExtensionStepRefusal> =>
  decideStep<ExtensionTransition>(EXTENSION_LIFECYCLE, state, event, guardsHeld);

/** The permission an event needs, in whatever state it is asked. */
export function acceptanceAction(event: AcceptanceEvent): Action {
  return actionIn(ACCEPTANCE_LIFECYCLE, event);
}
export function extensionAction(event: ExtensionEvent): Action {
  return actionIn(EXTENSION_LIFECYCLE, event);
}
function actionIn(table: readonly { readonly on: string; readonly action: Action }[], event: string): Action {
  const row = table.find(({ on }) => on === event);
  if (!row) throw new Error(`no lifecycle row for ${event}`);
  return row.action;
}

/** May this event happen in this state at all? Pages use it to decide what to offer. */
export const isAcceptanceEventPossible = (state: AcceptanceState, event: AcceptanceEvent): boolean =>
  ACCEPTANCE_LIFECYCLE.some(({ from, on }) => from === state && on === event);
export const isExtensionEventPossible = (state: ExtensionState, event: ExtensionEvent): boolean =>
  EXTENSION_LIFECYCLE.some(({ from, on }) => from === state && on === event);

export type DraftRefusal = "projectNotAcceptable" | "constructionOpen" | "acceptanceUndecided";

/** Why a unit cannot begin an application now. */
export function draftRefusal(
  stage: ProjectStage,
  completedOn: LocalDate | null,
  undecided: number | undefined,
): Result<AcceptanceKind, DraftRefusal> {
  const kind = kindDue(stage);
  if (!kind) return refuse({ code: "projectNotAcceptable", facts: { stage } });
  if (completedOn === null) return refuse({ code: "constructionOpen" });
  if (undecided !== undefined) return refuse({ code: "acceptanceUndecided", facts: { number: undecided } });
  return { ok: true, value: kind };
}
