import type { Fen } from "~/kernel/fen";
import { daysBetween, type LocalDate } from "~/kernel/local-date";
import { addPeriods, type Period, periodOf } from "~/kernel/period";
import {
  compare,
  divide,
  multiply,
  parseRational,
  type Rational,
  rational,
  subtract,
  toFixed,
} from "~/kernel/rational";
import type { Light, ReportStatus } from "~/kernel/vocabulary";

import { plannedPercentAt, type PlannedPoint, reportDay } from "./plan/plan.rules";

/**
 * How far something done is ahead of the time that has passed: done ÷ total − time share. Exact; round it only when it
 * is shown (`toFixed`), or the figure is off by its own rounding. Undefined when there is no total to measure against.
 * @unit percentage points, negative = behind
 * @source domain.md §7
 */
export function progressGap(input: {
  readonly done: Rational;
  readonly total: Rational;
  /** 0–1, see `timeProgress` */
  readonly timeShare: Rational;
}): Rational | undefined {
  if (input.total.n === 0n) return undefined;
  return multiply(subtract(divide(input.done, input.total), input.timeShare), rational(100));
}

export { reportDueOn } from "~/kernel/reporting-day";

/**
 * Whether a report came in time, seen from `today`: a submission after `today` has not happened yet, so that a frozen
 * cut-off gives the same answer for ever. The first submission counts; corrections do not move it.
 * @source domain.md §7
 */
export function reportStatus(input: {
  readonly dueOn: LocalDate;
  /** business day of the first submission */
  readonly submittedOn: LocalDate | null;
  readonly today: LocalDate;
}): ReportStatus {
  const { dueOn, submittedOn, today } = input;
  if (submittedOn !== null && submittedOn <= today) return submittedOn <= dueOn ? "onTime" : "late";
  return today > dueOn ? "missing" : "notDue";
}

/** The limits of the lights, from the rule table. @source domain.md §7 */
export interface LightFigures {
  /** @unit percentage points behind plan, from which the light is red */
  readonly redLagPoints: number;
  /** @unit percentage points behind plan, from which the light is yellow */
  readonly yellowLagPoints: number;
  /** @unit days; a milestone overdue for more than this is red */
  readonly redOverdueDays: number;
  /** missing reports from which the light is red */
  readonly redMissingReports: number;
}

/**
 * Why a light is not green.
 * - `lagRed`, `lagYellow`: facts lagPoints (2 decimals), limitPoints
 * - `milestoneLongOverdue`, `milestoneOverdue`: facts count, longestDays, limitDays
 * - `reportsMissing`: facts count, limitCount
 * - `acceptanceOverdue`: built, but acceptance was not applied for in time: facts days, dueOn
 * - `madeUpAfterRed`: nothing red is left, but the last light was red: not green before a month has passed
 */
export interface LightReason {
  readonly code:
    | "lagRed"
    | "lagYellow"
    | "milestoneLongOverdue"
    | "milestoneOverdue"
    | "reportsMissing"
    | "acceptanceOverdue"
    | "madeUpAfterRed";
  readonly facts: Readonly<Record<string, string | number>>;
}

const RED_REASONS: ReadonlySet<LightReason["code"]> = new Set([
  "lagRed",
  "milestoneLongOverdue",
  "reportsMissing",
  "acceptanceOverdue",
]);

/** The limit for applying for acceptance of a project that is built, and when it was applied for. */
export interface AcceptanceDuty {
  readonly limit: LocalDate;
  readonly appliedOn: LocalDate | null;
}

/**
 * The light of a project's month with every reason for it, red ones first. Overdue is counted for milestones only; a
 * single missing report shows as a report status, not as a light. What is wrong is judged as of `today`.
 * `previousLight` is the light last recorded: of the month before, or of the same month when it is corrected; after a
 * red it takes a yellow month to become green.
 * @source domain.md §7
 */
export function lightOf(input: {
  /** @unit percent */
  readonly plannedPercent: Rational;
  /** @unit percent */
  readonly actualPercent: Rational;
  readonly milestones: readonly { readonly plannedOn: LocalDate; readonly completedOn: LocalDate | null }[];
  readonly missingReports: number;
  /** null: nothing is to be accepted yet */
  readonly acceptance?: AcceptanceDuty | null;
  readonly today: LocalDate;
  readonly previousLight: Light | null;
  readonly figures: LightFigures;
}): { readonly light: Light; readonly reasons: readonly LightReason[] } {
  const { figures, missingReports, previousLight, today } = input;
  const reasons: LightReason[] = [];

  const lag = subtract(input.plannedPercent, input.actualPercent);
  const lagFacts = (limitPoints: number) => ({ lagPoints: toFixed(lag, 2), limitPoints });
  if (reaches(lag, figures.redLagPoints)) reasons.push({ code: "lagRed", facts: lagFacts(figures.redLagPoints) });
  else if (reaches(lag, figures.yellowLagPoints)) {
    reasons.push({ code: "lagYellow", facts: lagFacts(figures.yellowLagPoints) });
  }

  const overdueDays = input.milestones
    .filter(({ completedOn }) => completedOn === null || completedOn > today)
    .map(({ plannedOn }) => daysBetween(plannedOn, today))
    .filter((days) => days > 0);
  const limitDays = figures.redOverdueDays;
  const overdue = (code: LightReason["code"], days: readonly number[]) => {
    if (days.length === 0) return;
    reasons.push({ code, facts: { count: days.length, longestDays: Math.max(...days), limitDays } });
  };
  overdue(
    "milestoneLongOverdue",
    overdueDays.filter((days) => days > limitDays),
  );
  overdue(
    "milestoneOverdue",
    overdueDays.filter((days) => days <= limitDays),
  );

  if (missingReports >= figures.redMissingReports) {
    reasons.push({ code: "reportsMissing", facts: { count: missingReports, limitCount: figures.redMissingReports } });
  }

  reasons.push(...acceptanceOverdue(input.acceptance ?? null, today));

  const [red, yellow] = [reasons.filter(isRed), reasons.filter((reason) => !isRed(reason))];
  if (red.length > 0) return { light: "red", reasons: [...red, ...yellow] };
  if (previousLight === "red") yellow.push({ code: "madeUpAfterRed", facts: {} });
  if (yellow.length > 0) return { light: "yellow", reasons: yellow };
  return { light: "green", reasons: [] };
}

/** The limit passed and nobody had applied by that day. @source domain.md §2 */
function acceptanceOverdue(duty: AcceptanceDuty | null, today: LocalDate): LightReason[] {
  if (duty === null || today <= duty.limit) return [];
  if (duty.appliedOn !== null && duty.appliedOn <= today) return [];
  return [{ code: "acceptanceOverdue", facts: { days: daysBetween(duty.limit, today), dueOn: duty.limit } }];
}

/**
 * The light that `lightOf` must remember when it judges `period`: the last one recorded, or red while the month in
 * which a red was made up has not passed. Judging a day twice gives the same answer.
 * @source domain.md §7
 */
export function rememberedLight(
  last: {
    readonly light: Light;
    readonly reasons: readonly { readonly code: string }[];
    readonly period: Period;
  } | null,
  period: Period,
): Light | null {
  if (last === null) return null;
  const isFresh = last.period === period && last.reasons.some(({ code }) => code === "madeUpAfterRed");
  return isFresh ? "red" : last.light;
}

const isRed = (reason: LightReason): boolean => RED_REASONS.has(reason.code);

const reaches = (lag: Rational, points: number): boolean => compare(lag, parseRational(String(points))) >= 0;

/** What the unit wrote in a report. Percentages are decimal text, as stored. */
export interface ReportText {
  /** @unit percent */
  readonly actualPercent: string;
  readonly doneThisMonth: string;
  readonly nextMonth: string;
  readonly problems: string;
  /** 需协调事项 */
  readonly mattersToSettle: string;
}

/** A report before anybody touched it. */
export interface ReportDraft extends ReportText {
  /** @unit percent */
  readonly plannedPercent: string;
  /** @unit fen */
  readonly spentFen: Fen;
  /** @unit fen */
  readonly spentTotalFen: Fen;
}

/** A step to the cloud that a system of the project completed in the month, as the register of systems has it. */
export interface CloudProgress {
  readonly systemName: string;
  readonly step: string;
  readonly completedOn: LocalDate;
}

/** The plan as far as a month's report needs it. */
export interface ReportPlan {
  readonly period: Period;
  /** planned start of the work */
  readonly start: LocalDate;
  readonly milestones: readonly (PlannedPoint & { readonly name: string; readonly completedOn: LocalDate | null })[];
}

/**
 * The draft of a month's report, seen from today. Planned progress is that of `reportDay`; actual
 * progress, problems and matters to settle continue from last month; steps to the cloud of the month and what was
 * announced for it are offered as done, and the open milestones of the next month as next. Money comes from finance and
 * is never typed.
 * @source domain.md §7
 */
export function prefillReport(
  previousReport: ReportText | null,
  plan: ReportPlan,
  financeFigures: { readonly spentFen: Fen; readonly spentTotalFen: Fen },
  today: LocalDate,
  cloudSteps: readonly CloudProgress[] = [],
): ReportDraft {
  const nextPeriod = addPeriods(plan.period, 1);
  const upcoming = plan.milestones.filter(
    ({ plannedOn, completedOn }) => completedOn === null && periodOf(plannedOn) === nextPeriod,
  );
  return {
    plannedPercent: toFixed(plannedPercentAt(plan.milestones, plan.start, reportDay(plan.period, today)), 4),
    actualPercent: previousReport?.actualPercent ?? "0",
    doneThisMonth: [...cloudSteps.map(sayCloudStep), previousReport?.nextMonth ?? ""].filter(Boolean).join("\n"),
    nextMonth: upcoming.map(({ name }) => name).join("\n"),
    problems: previousReport?.problems ?? "",
    mattersToSettle: previousReport?.mattersToSettle ?? "",
    spentFen: financeFigures.spentFen,
    spentTotalFen: financeFigures.spentTotalFen,
  };
}

/** A completed step in a report's words. */
export const sayCloudStep = ({ systemName, step, completedOn }: CloudProgress): string =>
  `“${systemName}”完成上云步骤“${step}”（${completedOn}）。`;
