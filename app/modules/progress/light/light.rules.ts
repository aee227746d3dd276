import type { LocalDate } from "~/kernel/local-date";
import { type Period, periodOf } from "~/kernel/period";
import { parseRational, type Rational, RATIONAL_ZERO } from "~/kernel/rational";
import type { Light } from "~/kernel/vocabulary";

import { type DutyFacts, measuredOn, plannedPercentAt, type PlannedPoint, reportDay } from "../plan/plan.rules";
import {
  type AcceptanceDuty,
  type LightFigures,
  lightOf,
  type LightReason,
  rememberedLight,
  reportStatus,
} from "../progress.rules";

/** The facts of one project from which its lights follow. */
export interface LightFacts {
  /** planned start of the work */
  readonly start: LocalDate;
  readonly milestones: readonly (PlannedPoint & { readonly completedOn: LocalDate | null })[];
  readonly duties: readonly (DutyFacts & {
    /** of the last signed version, decimal text @unit percent */
    readonly actualPercent: string | null;
  })[];
  /** null: it is not built yet, or accepted */
  readonly acceptance?: AcceptanceDuty | null;
}

/** A light that was recorded, and for which month. */
export interface RecordedLight {
  readonly light: Light;
  readonly reasons: readonly { readonly code: string }[];
  readonly period: Period;
}

export interface Judgement {
  readonly light: Light;
  readonly reasons: readonly LightReason[];
  /** null: nothing was to be measured yet @unit percent */
  readonly plannedPercent: Rational | null;
  /** @unit percent */
  readonly actualPercent: Rational | null;
}

/**
 * The light of a project on a day: what it last reported against the plan of the day of which that report speaks,
 * milestones and missing reports as they stand today.
 * @source domain.md §7
 */
export function judgeProject(
  facts: LightFacts,
  last: RecordedLight | null,
  today: LocalDate,
  figures: LightFigures,
): Judgement {
  const measured = measuredOn(facts.duties, today);
  const reported = facts.duties
    .filter(({ submittedOn }) => submittedOn !== null && submittedOn <= today)
    .sort((a, b) => (a.period < b.period ? -1 : 1))
    .at(-1);
  const planned = measured === undefined ? null : plannedPercentAt(facts.milestones, facts.start, measured);
  const actual = planned === null ? null : parseRational(reported?.actualPercent ?? "0");
  const judged = lightOf({
    plannedPercent: planned ?? RATIONAL_ZERO,
    actualPercent: actual ?? RATIONAL_ZERO,
    milestones: facts.milestones,
    missingReports: missingReports(facts, today),
    acceptance: facts.acceptance ?? null,
    today,
    previousLight: rememberedLight(last, periodOf(today)),
    figures,
  });
  return { ...judged, plannedPercent: planned, actualPercent: actual };
}

/**
 * The light of a month, set by its report: all seen from the day of which the report speaks, so that it does not depend
 * on the day of the signature.
 * @source domain.md §7
 */
export function judgeMonth(
  facts: LightFacts,
  report: { readonly period: Period; /** @unit percent */ readonly actualPercent: Rational },
  last: RecordedLight | null,
  today: LocalDate,
  figures: LightFigures,
): Judgement {
  const day = reportDay(report.period, today);
  const planned = plannedPercentAt(facts.milestones, facts.start, day);
  const judged = lightOf({
    plannedPercent: planned,
    actualPercent: report.actualPercent,
    milestones: facts.milestones,
    missingReports: missingReports(facts, day),
    acceptance: facts.acceptance ?? null,
    today: day,
    previousLight: rememberedLight(last, report.period),
    figures,
  });
  return { ...judged, plannedPercent: planned, actualPercent: report.actualPercent };
}

const missingReports = ({ duties }: LightFacts, day: LocalDate): number =>
  duties.filter((duty) => reportStatus({ ...duty, today: day }) === "missing").length;
