import { addDays, addMonths, daysBetween, type LocalDate } from "~/kernel/local-date";
import { accept, refuse, type Refusal, type Result } from "~/kernel/result";
import type { ProjectStage } from "~/kernel/vocabulary";

/** Stages in which a project that is built still has to apply for its final acceptance. */
export const STAGES_TO_ACCEPT = [
  "implementation",
  "initialAccepted",
  "trialRun",
] as const satisfies readonly ProjectStage[];

/** Stages of a project that passed its final acceptance: its self-evaluation is ahead, or was made. */
export const STAGES_ACCEPTED = [
  "accepted",
  "operation",
  "evaluated",
  "archived",
] as const satisfies readonly ProjectStage[];

/**
 * The last day on which the final acceptance may be applied for: so many months after the work was completed, or the last
 * day of that month where it has no such day; the day an extension was granted to, if it is later.
 * @unit months
 * @source domain.md §2; rule figure acceptance.applyMonths
 */
export function applyLimit(completedOn: LocalDate, applyMonths: number, extendedUntil: LocalDate | null): LocalDate {
  const limit = addMonths(completedOn, applyMonths);
  return extendedUntil !== null && extendedUntil > limit ? extendedUntil : limit;
}

export type ApplyState = "inTime" | "soon" | "overdue" | "applied";

/** How a project stands against the limit for its application, and the days left of it; negative is overdue. */
export interface ApplyStanding {
  readonly state: ApplyState;
  /** @unit days */
  readonly daysLeft: number;
}

/**
 * How a completed project stands on a day: it is overdue on the day after its limit, warned of in the days before it, and
 * has nothing to fear once it applied.
 * @unit days
 * @source domain.md §2; rule figure acceptance.warnDays
 */
export function applyStanding(
  { limit, appliedOn }: { readonly limit: LocalDate; readonly appliedOn: LocalDate | null },
  today: LocalDate,
  warnDays: number,
): ApplyStanding {
  const daysLeft = daysBetween(today, limit);
  if (appliedOn !== null && appliedOn <= today) return { state: "applied", daysLeft };
  if (today > limit) return { state: "overdue", daysLeft };
  return { state: today >= addDays(limit, -warnDays) ? "soon" : "inTime", daysLeft };
}

export type ExtensionRefusal =
  "clockNotRunning" | "alreadyApplied" | "extensionUndecided" | "untilNotLater" | "untilTooLate" | "untilPast";

/**
 * May a project ask for a later limit, and until when? Only while its limit runs and it has not applied; by at most so many
 * months over the present limit, and to a day that is still ahead.
 * Refuses with clockNotRunning, alreadyApplied, extensionUndecided, untilNotLater, untilTooLate, untilPast.
 * @source domain.md §2; rule figure acceptance.extensionMonths
 */
export function admitExtension(
  facts: {
    /** null: the limit does not run */
    readonly limit: LocalDate | null;
    readonly appliedOn: LocalDate | null;
    readonly undecided: boolean;
    readonly untilOn: LocalDate;
  },
  today: LocalDate,
  extensionMonths: number,
): Result<{ readonly fromOn: LocalDate }, ExtensionRefusal> {
  const { limit, appliedOn, undecided, untilOn } = facts;
  if (limit === null) return refuse({ code: "clockNotRunning" });
  if (appliedOn !== null) return refuse({ code: "alreadyApplied" });
  if (undecided) return refuse({ code: "extensionUndecided" });
  const refusals = untilRefusals(limit, untilOn, today, extensionMonths);
  return refusals.length > 0 ? refuse(...refusals) : accept({ fromOn: limit });
}

function untilRefusals(
  limit: LocalDate,
  untilOn: LocalDate,
  today: LocalDate,
  months: number,
): Refusal<ExtensionRefusal>[] {
  const last = addMonths(limit, months);
  const refusals: Refusal<ExtensionRefusal>[] = [];
  if (untilOn <= limit) refusals.push({ code: "untilNotLater", field: "untilOn", facts: { limit } });
  else if (untilOn > last) refusals.push({ code: "untilTooLate", field: "untilOn", facts: { last, months } });
  if (untilOn <= today) refusals.push({ code: "untilPast", field: "untilOn" });
  return refusals;
}

/** Figures of the rule table: months after the final acceptance. @unit months */
export interface EvaluationFigures {
  readonly openMonths: number;
  readonly warnMonths: number;
  readonly dueMonths: number;
}

export type EvaluationState = "notYet" | "open" | "late" | "missed" | "done";

/** The window in which an accepted project evaluates itself, and where it stands. */
export interface EvaluationWindow {
  readonly state: EvaluationState;
  readonly opensOn: LocalDate;
  readonly warnsOn: LocalDate;
  /** the first day on which it is too late */
  readonly dueOn: LocalDate;
  /** null while nothing is expected */
  readonly light: "green" | "yellow" | "red" | null;
}

/**
 * The window of the self-evaluation (自评价) after a final acceptance: it opens, turns yellow and turns red so many months
 * after that day, or on the last day of a month that has no such day (29 February). Who has evaluated is done.
 * @unit months
 * @source domain.md §2; rule figures evaluation.selfOpenMonths, selfWarnMonths, selfDueMonths
 */
export function selfEvaluationWindow(
  acceptedOn: LocalDate,
  today: LocalDate,
  { openMonths, warnMonths, dueMonths }: EvaluationFigures,
  evaluatedOn: LocalDate | null = null,
): EvaluationWindow {
  const [opensOn, warnsOn, dueOn] = [openMonths, warnMonths, dueMonths].map((months) =>
    addMonths(acceptedOn, months),
  ) as [LocalDate, LocalDate, LocalDate];
  const days = { opensOn, warnsOn, dueOn };
  if (evaluatedOn !== null && evaluatedOn <= today) return { ...days, state: "done", light: "green" };
  if (today >= dueOn) return { ...days, state: "missed", light: "red" };
  if (today >= warnsOn) return { ...days, state: "late", light: "yellow" };
  return today >= opensOn ? { ...days, state: "open", light: "green" } : { ...days, state: "notYet", light: null };
}
