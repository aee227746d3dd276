import { sql, type SQL } from "drizzle-orm";

import { endOfDay, type LocalDate } from "~/kernel/local-date";
import type { Period } from "~/kernel/period";

import { CITY_TERMS, type CityCode } from "../city-terms";
import { MEASURE_TERMS, type MeasureCode } from "../measure-terms";

/** What is frozen: the measures that schemes can score, and the figures of the whole city. */
export type FrozenCode = MeasureCode | CityCode;

/** Of whom, of when, and as known when. */
export interface MeasureInput {
  /** the region and every region below it */
  readonly regionIds: readonly string[];
  readonly period: Period;
  /** the assessed row itself, for what persons scored */
  readonly periodId: string;
  /** 1 January of the period's year: measures count the year to date */
  readonly from: LocalDate;
  /** last day of the period: states are read as they stood at its end */
  readonly asOf: LocalDate;
  /** what was recorded later is not known */
  readonly cutoffAt: Date;
  /** business day of the cut-off: duties due before it are due */
  readonly cutoffDay: LocalDate;
  /** missing reports from which a light is red */
  readonly redMissingReports: number;
}

/**
 * A measure: one set-based SELECT for all units that yields a row for each record behind the figure, with the columns
 * unit_id, subject_type, subject_id, label, numerator, denominator, note. The figure of a unit is the sum of its rows;
 * a unit without rows is not concerned.
 * @source domain.md §9
 */
export interface Measure {
  readonly code: FrozenCode;
  readonly name: string;
  /** 口径 */
  readonly definition: string;
  readonly numeratorName: string;
  /** empty: only occurrences are counted */
  readonly denominatorName: string;
  readonly rows: (input: MeasureInput) => SQL;
}

/** A measure under its words. */
export function measure(code: FrozenCode, rows: Measure["rows"]): Measure {
  const { name, definition, part, base } = { ...MEASURE_TERMS, ...CITY_TERMS }[code];
  return { code, name, definition, numeratorName: part, denominatorName: base, rows };
}

/** An instant as SQL. */
export const instantOf = (instant: Date): SQL => sql`${instant.toISOString()}::timestamptz`;
/** A business day as SQL. */
export const dayOf = (day: LocalDate): SQL => sql`${day}::date`;
/** The instant at which the period ends. */
export const endOf = ({ asOf }: MeasureInput): SQL => instantOf(endOfDay(asOf));
/** The business day of a timestamp column. */
export const businessDay = (column: SQL): SQL => sql`(${column} at time zone 'Asia/Shanghai')::date`;

/**
 * The projects of the regions with `stage_then`, their stage at the end of the period as their events tell it (a project
 * that was taken over with its stage has none: it stands where it stands), and `label`, under which they may be shown:
 * the names of secret projects are not.
 */
export const projectsAsOf = (input: MeasureInput): SQL => sql`(
  select p.*,
    coalesce(s.stage, case when exists (
      select 1 from domain_events e
      where e.subject_type = 'project' and e.subject_id = p.id and e.payload->>'to' is not null)
      then 'draft' else p.stage end) as stage_then,
    case when coalesce(p.secret, false) then '涉密项目（' || p.code || '）' else p.name end as label
  from projects p
  left join lateral (
    select e.payload->>'to' as stage from domain_events e
    where e.subject_type = 'project' and e.subject_id = p.id and e.at < ${endOf(input)} and e.payload->>'to' is not null
    order by e.at desc, e.id desc limit 1) s on true
  where p.region_id in ${input.regionIds} and p.created_at < ${endOf(input)})`;

/** The systems of the regions that existed at the end of the period, with the label under which they are shown. */
export const systemsAsOf = ({ regionIds, asOf }: MeasureInput): SQL => sql`(
  select s.*, case when s.secret then '涉密系统（' || s.code || '）' else s.name end as label
  from systems s
  where s.region_id in ${regionIds} and s.registered_on <= ${dayOf(asOf)}
    and (s.retired_on is null or s.retired_on > ${dayOf(asOf)}))`;
