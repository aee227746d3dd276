import { addDays, daysBetween, type LocalDate } from "~/kernel/local-date";
import { addPeriods, periodOf, timeProgress, yearOf } from "~/kernel/period";
import type { Fen } from "~/kernel/fen";
import {
  compare,
  multiply,
  rational,
  RATIONAL_ONE,
  RATIONAL_ZERO,
  subtract,
  toFixed,
  type Rational,
} from "~/kernel/rational";
import type { Light } from "~/kernel/vocabulary";

const HUNDRED = rational(100);

const share = (part: number, whole: number): Rational | null => (whole > 0 ? rational(part, whole) : null);

/**
 * 预算执行率（自评口径）= B ÷ A: what was executed in the year ÷ the full-year budget. Null without a budget.
 * @unit fen in, share out
 * @source domain.md §5, §9
 */
export const selfEvaluationRate = (executedFen: Fen, yearBudgetFen: Fen): Rational | null =>
  share(executedFen, yearBudgetFen);

/**
 * 支出率（财政框架口径）= spent ÷ arrived. Another figure than B/A: never compare the two. Null while nothing arrived.
 * @unit fen in, share out
 * @source domain.md §5
 */
export const frameworkRate = (spentFen: Fen, arrivedFen: Fen): Rational | null => share(spentFen, arrivedFen);

/**
 * 时间进度 of a year on a day: elapsed months ÷ 12. A month has elapsed at its end: it counts from its last day on, so that
 * nobody is behind in a month in which the money may still be paid.
 * @unit share of the year, 0–1
 * @source domain.md §7
 */
export function yearElapsed(year: number, today: LocalDate): Rational {
  // Tomorrow's month is the one that runs: the month before it is the last that has ended.
  const ended = addPeriods(periodOf(addDays(today, 1)), -1);
  if (yearOf(ended) !== year) return yearOf(ended) > year ? RATIONAL_ONE : RATIONAL_ZERO;
  return timeProgress(ended);
}

/** The months of the year that have ended, for the words beside a time progress. */
export const endedMonths = (year: number, today: LocalDate): number => {
  const elapsed = multiply(yearElapsed(year, today), rational(12));
  return Number(elapsed.n / elapsed.d);
};

/**
 * How far the execution is from the time: positive is ahead, negative behind. Exact; rounding is the reader's, once.
 * @unit percentage points
 * @source domain.md §7
 */
export const gapPoints = (rate: Rational, time: Rational): Rational => multiply(subtract(rate, time), HUNDRED);

/** A gap in words, rounded here and only here: 落后 1.36 个百分点. */
export function sayGap(gap: Rational, digits = 2): string {
  const text = toFixed(gap, digits);
  if (Number(text) === 0) return "与时间进度持平";
  return text.startsWith("-") ? `落后 ${text.slice(1)} 个百分点` : `超前 ${text} 个百分点`;
}

/** The rule figures of the alarms. */
export interface AlarmLimits {
  /** @unit percentage points */
  readonly alarmLag: Rational;
  /** @unit percentage points */
  readonly redLag: Rational;
  /** @unit days */
  readonly idleDays: number;
}

/** What is known of a project's execution in a year. @unit fen */
export interface ExecutionFacts {
  readonly yearBudgetFen: Fen;
  readonly yearPaidFen: Fen;
  readonly arrivedFen: Fen;
  readonly paidFen: Fen;
  readonly firstArrivedOn: LocalDate | null;
}

export type AlarmCode = "lagRed" | "lagYellow" | "idle";

export interface Alarm {
  readonly code: AlarmCode;
  readonly light: Exclude<Light, "green">;
  readonly facts: Readonly<Record<string, string | number>>;
}

/**
 * What is alarming about an execution, the worst first: behind the time by the figures' points, and money that arrived and
 * of which nothing was paid for longer than the figure's days.
 * @source domain.md §5, §7; figures execution.alarmLagPoints, execution.redLagPoints, execution.idleDays
 */
export function alarmsOf(facts: ExecutionFacts, time: Rational, limits: AlarmLimits, today: LocalDate): Alarm[] {
  const alarms: Alarm[] = [];
  const rate = selfEvaluationRate(facts.yearPaidFen, facts.yearBudgetFen);
  const lag = rate && multiply(gapPoints(rate, time), rational(-1));
  if (rate && lag && compare(lag, limits.alarmLag) >= 0) {
    const red = compare(lag, limits.redLag) >= 0;
    alarms.push({
      code: red ? "lagRed" : "lagYellow",
      light: red ? "red" : "yellow",
      facts: {
        points: toFixed(lag, 2),
        limit: toFixed(red ? limits.redLag : limits.alarmLag, 0),
        rate: toFixed(multiply(rate, HUNDRED), 2),
        time: toFixed(multiply(time, HUNDRED), 2),
      },
    });
  }
  if (facts.firstArrivedOn && facts.arrivedFen > 0 && facts.paidFen === 0) {
    const days = daysBetween(facts.firstArrivedOn, today);
    if (days > limits.idleDays)
      alarms.push({
        code: "idle",
        light: "yellow",
        facts: { days, limit: limits.idleDays, arrivedFen: facts.arrivedFen, since: facts.firstArrivedOn },
      });
  }
  return alarms;
}

/** The light of an execution: that of its worst alarm. */
export const lightOf = (alarms: readonly Alarm[]): Light =>
  alarms.some(({ light }) => light === "red") ? "red" : alarms.length > 0 ? "yellow" : "green";
