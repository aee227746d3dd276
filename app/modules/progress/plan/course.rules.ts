import type { LocalDate } from "~/kernel/local-date";
import { lastDay, type Period, periodOf, periodsBetween } from "~/kernel/period";
import { type Rational, rational, subtract } from "~/kernel/rational";
import type { Light } from "~/kernel/vocabulary";

import { progressGap } from "../progress.rules";
import { plannedPercentAt, type PlannedPoint, reportDay } from "./plan.rules";

/** A signed month, as its last signed version says. */
export interface SignedMonth {
  readonly period: Period;
  /** business day of the signature */
  readonly signedOn: LocalDate;
  /** @unit percent */
  readonly actual: Rational;
  readonly light: Light | null;
}

interface CourseInput {
  readonly start: LocalDate;
  readonly finish: LocalDate;
  readonly milestones: readonly PlannedPoint[];
  readonly months: readonly SignedMonth[];
  readonly payments: readonly { readonly paidOn: LocalDate; readonly amountFen: number }[];
  /** null: not approved yet */
  readonly approvedFen: number | null;
  readonly today: LocalDate;
}

/** A month of the course; what nobody has reported or what has not come yet is null. */
export interface CourseMonth {
  readonly period: Period;
  /** the day of which it speaks: `reportDay`, or the month's end for what is only planned */
  readonly day: LocalDate;
  /** @unit percent */
  readonly planned: Rational;
  /** @unit percent */
  readonly actual: Rational | null;
  /** @unit percentage points, unrounded; negative = behind */
  readonly gap: Rational | null;
  readonly light: Light | null;
  /** elapsed months ÷ planned months, 0–1 */
  readonly timeShare: Rational;
  /** confirmed payments ÷ approved amount */
  readonly paidShare: Rational | null;
  /** @unit percentage points, unrounded; negative = behind */
  readonly moneyGap: Rational | null;
}

/**
 * The course of a project month by month, from its start to its planned finish or to today, whichever is later: what was
 * planned for the day of which each month's report speaks, what was reported, and the money against the time. Exact.
 * @source domain.md §7
 */
export function courseOf(input: CourseInput): CourseMonth[] {
  const { start, finish, milestones, months, today } = input;
  const signed = new Map(months.map((month) => [month.period, month]));
  const last = [periodOf(finish), periodOf(today), ...months.map(({ period }) => period)].sort().at(-1);
  return periodsBetween(periodOf(start), last ?? periodOf(finish)).map((period) => {
    const month = signed.get(period);
    const day = month ? reportDay(period, month.signedOn) : lastDay(period);
    const planned = plannedPercentAt(milestones, start, day);
    const timeShare = elapsedShare(start, finish, period);
    const paid = period <= periodOf(today) ? paidShare(input, day < today ? day : today) : null;
    return {
      ...{ period, day, planned, timeShare },
      actual: month?.actual ?? null,
      gap: month ? subtract(month.actual, planned) : null,
      light: month?.light ?? null,
      paidShare: paid && rational(BigInt(paid.paid), BigInt(paid.approved)),
      moneyGap: (paid && progressGap({ done: rational(paid.paid), total: rational(paid.approved), timeShare })) ?? null,
    };
  });
}

/**
 * How much of the planned time has passed at the end of a month: elapsed months ÷ planned months, the first and the last
 * counted whole; never more than all of it.
 * @source domain.md §7
 */
export function elapsedShare(start: LocalDate, finish: LocalDate, period: Period): Rational {
  const planned = Math.max(monthsUpTo(periodOf(start), periodOf(finish)), 1);
  return rational(Math.min(Math.max(monthsUpTo(periodOf(start), period), 0), planned), planned);
}

const monthsUpTo = (from: Period, to: Period): number => (to < from ? 0 : periodsBetween(from, to).length);

function paidShare({ payments, approvedFen }: CourseInput, until: LocalDate) {
  if (!approvedFen) return null;
  const paid = payments.filter(({ paidOn }) => paidOn <= until).reduce((total, { amountFen }) => total + amountFen, 0);
  return { paid, approved: approvedFen };
}
