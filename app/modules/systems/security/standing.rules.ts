import { daysBetween, type LocalDate } from "~/kernel/local-date";
import { keysOf, TEST_KINDS, type TestKind, type TestResult } from "~/kernel/vocabulary";
import type { RuleFigures } from "~/platform/figures.server";

/**
 * The level from which an own-built system must be tested; the definitions of 等保测评有效率 and 密评有效率 name the same.
 * @source domain.md §9 (valid 等保, valid 密评)
 */
export const TESTED_FROM_LEVEL: Readonly<Record<TestKind, number>> = { mlps: 2, crypto: 3 };

/** The tests that a system of this level needs. */
export const requiredTests = (level: number | null): TestKind[] =>
  keysOf(TEST_KINDS).filter((kind) => (level ?? 0) >= TESTED_FROM_LEVEL[kind]);

interface Tested {
  readonly testedOn: LocalDate;
  readonly validUntil: LocalDate;
  readonly passed: TestResult | boolean;
}

const isPassed = ({ passed }: Tested): boolean => passed === true || passed === "passed";

/**
 * The test that decides: the latest, whatever an earlier one still promises. Of two on one day the failed one, of two
 * passed ones that with the longer validity.
 */
export const latestTest = <T extends Tested>(tests: readonly T[]): T | undefined =>
  tests.reduce<T | undefined>((best, test) => (best && !decidesBefore(test, best) ? best : test), undefined);

function decidesBefore(a: Tested, b: Tested): boolean {
  if (a.testedOn !== b.testedOn) return a.testedOn > b.testedOn;
  if (isPassed(a) !== isPassed(b)) return !isPassed(a);
  return a.validUntil > b.validUntil;
}

/** When a unit is told that a test runs out. @unit days before the last valid day */
export interface RemindFigures {
  readonly remindDays: number;
  readonly remindAgainDays: number;
}

/** When reminders go out, among the figures in force. */
export const remindFiguresOf = (figures: RuleFigures): RemindFigures => ({
  remindDays: figures.number("security.remindDays"),
  remindAgainDays: figures.number("security.remindAgainDays"),
});

export const STANDING_STATES = {
  valid: "有效",
  dueSoon: "即将到期",
  expired: "已过期",
  failed: "未通过",
  missing: "未测评",
} as const;
export type StandingState = keyof typeof STANDING_STATES;

/** What a unit is told of once: soon, sooner, over. */
export type ReminderStage = "first" | "again" | "overdue";

export interface TestStanding<T> {
  readonly state: StandingState;
  /** the test that decides */
  readonly test: T | null;
  /** last day on which a passed test is valid */
  readonly dueOn: LocalDate | null;
  /** @unit days to that day; negative when it has passed */
  readonly daysLeft: number | null;
  readonly stage: ReminderStage | null;
}

/** How a system stands to one kind of test on a day, from its confirmed tests of that kind. Later tests are not known. */
export function testStanding<T extends Tested>(
  tests: readonly T[],
  today: LocalDate,
  { remindDays, remindAgainDays }: RemindFigures,
): TestStanding<T> {
  const test = latestTest(tests.filter(({ testedOn }) => testedOn <= today)) ?? null;
  if (!test) return { state: "missing", test, dueOn: null, daysLeft: null, stage: null };
  if (!isPassed(test)) return { state: "failed", test, dueOn: null, daysLeft: null, stage: null };
  const dueOn = test.validUntil;
  const daysLeft = daysBetween(today, dueOn);
  const found = { test, dueOn, daysLeft };
  if (daysLeft < 0) return { ...found, state: "expired", stage: "overdue" };
  if (daysLeft <= remindAgainDays) return { ...found, state: "dueSoon", stage: "again" };
  if (daysLeft <= remindDays) return { ...found, state: "dueSoon", stage: "first" };
  return { ...found, state: "valid", stage: null };
}

/** Does the test count as valid? One that runs out soon still does. */
export const isValidState = (state: StandingState): boolean => state === "valid" || state === "dueSoon";

const WORST_FIRST: readonly StandingState[] = ["failed", "expired", "missing", "dueSoon", "valid"];

/** Of several tests that a system needs, how it stands as a whole. */
export const worstOf = (states: readonly StandingState[]): StandingState =>
  WORST_FIRST.find((state) => states.includes(state)) ?? "valid";
