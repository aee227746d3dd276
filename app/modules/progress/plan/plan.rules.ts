import { daysBetween, type LocalDate } from "~/kernel/local-date";
import { lastDay, type Period } from "~/kernel/period";
import { add, multiply, type Rational, rational, RATIONAL_ZERO } from "~/kernel/rational";

/** A point of the planned course: so much is to be done by then. */
export interface PlannedPoint {
  readonly plannedOn: LocalDate;
  /** @unit percent */
  readonly cumulativePercent: number;
}

/**
 * Planned progress on a day: nothing until `start`, then evenly from one milestone to the next, and after the last one
 * what that one promises. A plan never goes back: a later milestone with a smaller percentage keeps the larger one.
 * @unit percent, unrounded
 * @source domain.md §7
 */
export function plannedPercentAt(milestones: readonly PlannedPoint[], start: LocalDate, date: LocalDate): Rational {
  let [from, done] = [start, 0];
  for (const { plannedOn, cumulativePercent } of inOrder(milestones)) {
    const promised = Math.max(done, cumulativePercent);
    if (plannedOn > date) {
      const passed = daysBetween(from, date);
      if (passed <= 0) return rational(done);
      return add(rational(done), multiply(rational(promised - done), rational(passed, daysBetween(from, plannedOn))));
    }
    [from, done] = [plannedOn > from ? plannedOn : from, promised];
  }
  return milestones.length === 0 ? RATIONAL_ZERO : rational(done);
}

const inOrder = (milestones: readonly PlannedPoint[]): PlannedPoint[] =>
  [...milestones].sort((a, b) => daysBetween(b.plannedOn, a.plannedOn) || a.cumulativePercent - b.cumulativePercent);

/** A month's duty as far as measuring needs it. */
export interface DutyFacts {
  readonly period: Period;
  readonly dueOn: LocalDate;
  /** business day of the first submission */
  readonly submittedOn: LocalDate | null;
}

/**
 * The day on which plan and reality are compared: the end of the last month that was reported or should have been. A
 * running month is nobody's lag yet; a month that is due and silent counts with what was last reported. Undefined before
 * the first of them.
 * @source domain.md §7
 */
export function measuredOn(duties: readonly DutyFacts[], today: LocalDate): LocalDate | undefined {
  const ends = duties.flatMap(({ period, dueOn, submittedOn }) => {
    const end = lastDay(period);
    // a report handed in before its month is over speaks of the day on which it was handed in
    if (submittedOn !== null && submittedOn <= today) return [submittedOn < end ? submittedOn : end];
    return dueOn < today ? [end] : [];
  });
  return ends.sort().at(-1);
}

/** The day of which a month's report speaks: the month's end, or today while the month is running. */
export const reportDay = (period: Period, today: LocalDate): LocalDate =>
  today < lastDay(period) ? today : lastDay(period);
