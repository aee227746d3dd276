import { addDays, type LocalDate } from "~/kernel/local-date";
import { addPeriods, firstDay, lastDay, periodOf, periodsBetween, type Period } from "~/kernel/period";
import type { SharingPointKind } from "~/kernel/vocabulary";

/** The rule figure behind each kind of entry. */
export const POINT_RULES = {
  published: "points.published",
  updatedOnTime: "points.updatedOnTime",
  demandMetInTime: "points.demandMetInTime",
  used: "points.usedPerDoubling",
  stale: "points.stale",
  refusedWithoutBasis: "points.refusedWithoutBasis",
  errorConfirmed: "points.errorConfirmed",
} as const satisfies Record<SharingPointKind, string>;

/** Kinds that cost points: their figure says how many, whatever its value it never becomes a gain. */
const COSTS: ReadonlySet<SharingPointKind> = new Set(["stale", "refusedWithoutBasis", "errorConfirmed"]);

/** From how many uses a month counts. */
const USE_BASE_RULE = "points.usedLogBase";

/** One version of a rule figure. */
export interface PointRule {
  readonly code: string;
  readonly from: LocalDate;
  readonly value: number;
}

/** Something that moves a provider's account. */
export type PointFact =
  | { readonly kind: "published"; readonly unitId: string; readonly resourceId: string; readonly on: LocalDate }
  | {
      readonly kind: "updated";
      readonly unitId: string;
      readonly resourceId: string;
      readonly dueOn: LocalDate;
      /** null: not yet */
      readonly updatedOn: LocalDate | null;
    }
  | {
      readonly kind: "delivered";
      readonly unitId: string;
      readonly demandId: string;
      readonly on: LocalDate;
      readonly dueOn: LocalDate | null;
    }
  | { readonly kind: "refusalOverruled"; readonly unitId: string; readonly demandId: string; readonly on: LocalDate }
  | { readonly kind: "errorConfirmed"; readonly unitId: string; readonly correctionId: string; readonly on: LocalDate }
  | {
      readonly kind: "used";
      readonly unitId: string;
      readonly resourceId: string;
      readonly month: Period;
      /** uses by other units in the month */
      readonly times: number;
    };

/** An entry of the account, before it is written. */
export interface PointEntry {
  readonly unitId: string;
  readonly kind: SharingPointKind;
  readonly points: number;
  readonly subjectType: "resource" | "demand" | "correction";
  readonly subjectId: string;
  /** what is counted once */
  readonly key: string;
  readonly ruleCode: string;
  readonly ruleFrom: LocalDate;
  readonly on: LocalDate;
}

/**
 * How often a month's uses double, counted from the base: base uses are 1, three times base 2, seven times base 3. Whole
 * numbers only, so that 299 uses of a base of 100 are never 2.
 * @unit doublings
 * @source domain.md §4 (use count, log scale)
 */
export function doublingsOf(times: number, base: number): number {
  let doublings = 0;
  for (let needed = base; times >= needed; needed = needed * 2 + base) doublings++;
  return doublings;
}

/**
 * The months in which a resource stood overdue: from the day after its limit to the day before the update, or to
 * yesterday's end of today while none came. Each with the first such day.
 */
export function staleMonths(dueOn: LocalDate, until: LocalDate): { month: Period; on: LocalDate }[] {
  const first = addDays(dueOn, 1);
  if (until < first) return [];
  return periodsBetween(periodOf(first), periodOf(until)).map((month) => ({
    month,
    on: firstDay(month) > first ? firstDay(month) : first,
  }));
}

/**
 * The entries that a fact makes, under the rules in force on the day of each; a fact of a day without a rule, or worth
 * nothing, makes none. The key says what is counted once: a resource's publication for good, its timely updates and its
 * lateness once a month, a demand's delivery once, each overruled refusal, each confirmed error, a resource's uses once a
 * month.
 * @source domain.md §4 (sharing points)
 */
export function pointsFor(fact: PointFact, rules: readonly PointRule[], today: LocalDate): PointEntry[] {
  switch (fact.kind) {
    case "published":
      return entry(rules, fact, "published", "resource", fact.resourceId, fact.on, fact.resourceId);
    case "updated":
      return pointsForUpdate(fact, rules, today);
    case "delivered":
      if (fact.dueOn === null || fact.on > fact.dueOn) return [];
      return entry(rules, fact, "demandMetInTime", "demand", fact.demandId, fact.on, fact.demandId);
    case "refusalOverruled":
      return entry(rules, fact, "refusedWithoutBasis", "demand", fact.demandId, fact.on, `${fact.demandId}:${fact.on}`);
    case "errorConfirmed":
      return entry(rules, fact, "errorConfirmed", "correction", fact.correctionId, fact.on, fact.correctionId);
    case "used":
      return pointsForUse(fact, rules);
  }
}

function pointsForUpdate(
  fact: Extract<PointFact, { kind: "updated" }>,
  rules: readonly PointRule[],
  today: LocalDate,
): PointEntry[] {
  const { resourceId, dueOn, updatedOn } = fact;
  if (updatedOn !== null && updatedOn <= dueOn) {
    const key = `${resourceId}:${periodOf(updatedOn)}`;
    return entry(rules, fact, "updatedOnTime", "resource", resourceId, updatedOn, key);
  }
  const until = updatedOn === null ? today : addDays(updatedOn, -1);
  return staleMonths(dueOn, until).flatMap(({ month, on }) =>
    entry(rules, fact, "stale", "resource", resourceId, on, `${resourceId}:${month}`),
  );
}

function pointsForUse(fact: Extract<PointFact, { kind: "used" }>, rules: readonly PointRule[]): PointEntry[] {
  const on = lastDay(fact.month);
  const base = ruleOn(rules, USE_BASE_RULE, on)?.value;
  if (base === undefined || base < 1) return [];
  const key = `${fact.resourceId}:${fact.month}`;
  return entry(rules, fact, "used", "resource", fact.resourceId, on, key, doublingsOf(fact.times, base));
}

function entry(
  rules: readonly PointRule[],
  { unitId }: { readonly unitId: string },
  kind: SharingPointKind,
  subjectType: PointEntry["subjectType"],
  subjectId: string,
  on: LocalDate,
  key: string,
  times = 1,
): PointEntry[] {
  const rule = ruleOn(rules, POINT_RULES[kind], on);
  const points = (rule?.value ?? 0) * times * (COSTS.has(kind) ? -1 : 1);
  if (!rule || points === 0) return [];
  return [
    {
      unitId,
      kind,
      points,
      subjectType,
      subjectId,
      key: `${kind}:${key}`,
      ruleCode: rule.code,
      ruleFrom: rule.from,
      on,
    },
  ];
}

/** The version of a rule in force on a day: the latest that had begun. */
export function ruleOn(rules: readonly PointRule[], code: string, on: LocalDate): PointRule | undefined {
  return rules
    .filter((rule) => rule.code === code && rule.from <= on)
    .reduce<PointRule | undefined>((latest, rule) => (latest && latest.from > rule.from ? latest : rule), undefined);
}

/** The last month whose uses are counted for good on a day. */
export function lastClosedMonth(today: LocalDate, closingDays: number): Period {
  const before = addPeriods(periodOf(today), -1);
  return today > addDays(lastDay(before), closingDays) ? before : addPeriods(before, -1);
}
