import { rational, type Rational } from "~/kernel/rational";
import type { LocalDate } from "~/kernel/local-date";
import type { Refusal } from "~/kernel/result";

/** From when to when a component is offered. */
export interface Offered {
  readonly availableFrom: LocalDate | null;
  /** the first day on which it is no longer offered */
  readonly retiredOn: LocalDate | null;
}

export const AVAILABILITIES = { offered: "可用", later: "未开放", retired: "已停用" } as const;
export type Availability = keyof typeof AVAILABILITIES;

/** Is it offered on a day? One without a first day always was. */
export function availability({ availableFrom, retiredOn }: Offered, on: LocalDate): Availability {
  if (retiredOn !== null && retiredOn <= on) return "retired";
  return availableFrom !== null && availableFrom > on ? "later" : "offered";
}

export type ComponentProblemCode = "nameTaken" | "alreadyRetired" | "retiredBeforeToday" | "retiredBeforeAvailable";

/**
 * May it be retired on this day? Not in the past: filings of those days were asked for it.
 * Refusals alreadyRetired, retiredBeforeToday, retiredBeforeAvailable.
 */
export function retirementProblems(
  { availableFrom, retiredOn }: Offered,
  on: LocalDate,
  today: LocalDate,
): Refusal<ComponentProblemCode>[] {
  if (retiredOn !== null && retiredOn <= today) return [{ code: "alreadyRetired", facts: { retiredOn } }];
  if (on < today) return [{ code: "retiredBeforeToday", field: "retiredOn" }];
  if (availableFrom !== null && on < availableFrom)
    return [{ code: "retiredBeforeAvailable", field: "retiredOn", facts: { availableFrom } }];
  return [];
}

/** How often it was decided in each way. */
export interface Adoption {
  readonly reuse: number;
  readonly notReused: number;
  readonly notFitting: number;
}

/** 利用率: reused ÷ where it fits; null when it fits nowhere. Where it does not fit it is not counted. */
export const reuseRate = ({ reuse, notReused }: Adoption): Rational | null =>
  reuse + notReused > 0 ? rational(reuse, reuse + notReused) : null;

/** Adoptions added up. */
export const sumAdoption = (rows: readonly Adoption[]): Adoption => ({
  reuse: rows.reduce((total, row) => total + row.reuse, 0),
  notReused: rows.reduce((total, row) => total + row.notReused, 0),
  notFitting: rows.reduce((total, row) => total + row.notFitting, 0),
});
