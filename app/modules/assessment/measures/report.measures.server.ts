import { sql, type SQL } from "drizzle-orm";

import { periodOf } from "~/kernel/period";

import { businessDay, dayOf, instantOf, measure, projectsAsOf, type MeasureInput } from "./measure.server";

/**
 * The duties to report that were due before the cut-off, up to the period, with `submitted_on` (null when nothing was
 * submitted by the cut-off), `missing_so_far` (of the project, up to that month) and the light of the month: the
 * report's own; of a month that was not reported the last one, or red when too many reports are missing.
 */
const duties = (input: MeasureInput): SQL => sql`(
  select d.*,
    case when d.submitted_on is not null then coalesce(d.light, 'green')
      when d.missing_so_far >= ${input.redMissingReports}::int then 'red'
      else coalesce(last.light, 'green') end as light_then,
    case when d.submitted_on is not null then d.light_reasons
      when d.missing_so_far >= ${input.redMissingReports}::int
        then jsonb_build_array(jsonb_build_object('code', 'reportsMissing', 'facts', jsonb_build_object('count', d.missing_so_far)))
      else last.light_reasons end as reasons_then
  from (
    select t.*, count(*) filter (where t.submitted_on is null) over (partition by t.project_id order by t.period) as missing_so_far
    from (
      select r.*, case when r.first_submitted_at <= ${instantOf(input.cutoffAt)}
        then ${businessDay(sql`r.first_submitted_at`)} end as submitted_on
      from monthly_reports r
      where r.region_id in ${input.regionIds} and r.period <= ${input.period} and r.due_on < ${dayOf(input.cutoffDay)}) t) d
  left join lateral (
    select l.light, l.light_reasons from monthly_reports l
    where l.project_id = d.project_id and l.period < d.period and l.light is not null
      and l.first_submitted_at <= ${instantOf(input.cutoffAt)}
    order by l.period desc limit 1) last on true)`;

const thisYear = ({ from }: MeasureInput): SQL => sql`d.period >= ${periodOf(from)}`;

const happened = sql`case
  when d.submitted_on is null then '期限' || d.due_on || '，缺报'
  when d.submitted_on > d.due_on then '期限' || d.due_on || '，' || d.submitted_on || '报送，迟报'
  else '期限' || d.due_on || '，' || d.submitted_on || '报送，按时' end`;

const isLate = sql`d.submitted_on > d.due_on`;
const isMissing = sql`d.submitted_on is null`;
const isOnTime = sql`d.submitted_on <= d.due_on`;

/** A row for every report due in the year, counted when the condition holds. */
const reportsOfYear =
  (condition: SQL) =>
  (input: MeasureInput): SQL => sql`
    select d.unit_id, 'report', d.id, p.label || ' ' || d.period, case when ${condition} then 1 else 0 end, 1, ${happened}
    from ${duties(input)} d join ${projectsAsOf(input)} p on p.id = d.project_id
    where ${thisYear(input)}`;

/**
 * 月报迟报: first submitted after the reporting day; a correction does not move it.
 * @unit reports
 * @source domain.md §7, §9 (late −0.5)
 */
export const reportsLate = measure("reportsLate", reportsOfYear(isLate));

/**
 * 月报缺报: not submitted by the cut-off though due before it.
 * @unit reports
 * @source domain.md §7, §9 (missing −1)
 */
export const reportsMissing = measure("reportsMissing", reportsOfYear(isMissing));

const LIGHT_WORDS = sql`case d.light_then when 'red' then '红灯' when 'yellow' then '黄灯' else '绿灯' end`;

/** Why a light is on, as one phrase. */
const reasonWords = sql`coalesce((
  select string_agg(case reason->>'code'
    when 'lagRed' then '落后计划' || (reason->'facts'->>'lagPoints') || '个百分点'
    when 'lagYellow' then '落后计划' || (reason->'facts'->>'lagPoints') || '个百分点'
    when 'milestoneLongOverdue' then '里程碑逾期' || (reason->'facts'->>'longestDays') || '天'
    when 'milestoneOverdue' then '里程碑逾期' || (reason->'facts'->>'longestDays') || '天'
    when 'reportsMissing' then '累计缺报月报' || (reason->'facts'->>'count') || '份'
    when 'madeUpAfterRed' then '上期红灯，本期已赶上' else '' end, '、' order by position)
  from jsonb_array_elements(d.reasons_then) with ordinality as r(reason, position)), '')`;

/**
 * 建设进度符合率: the months of the year in which a project under way was not red.
 * @unit project-months
 * @source domain.md §7 (lights), §9 (schedule kept)
 */
export const scheduleKept = measure(
  "scheduleKept",
  (input) => sql`
    select d.unit_id, 'report', d.id, p.label || ' ' || d.period, case when d.light_then = 'red' then 0 else 1 end, 1,
      ${LIGHT_WORDS} || case when d.light_then = 'green' then '' else '：' || ${reasonWords} end
    from ${duties(input)} d join ${projectsAsOf(input)} p on p.id = d.project_id
    where ${thisYear(input)}`,
);

/** The reports due for the period alone. */
const reportsOfMonth =
  (condition: SQL) =>
  (input: MeasureInput): SQL => sql`
    select d.unit_id, 'report', d.id, p.label, 1, 0, ${happened}
    from ${duties(input)} d join ${projectsAsOf(input)} p on p.id = d.project_id
    where d.period = ${input.period} and ${condition}`;

const UNDER_WAY = sql`p.stage_then in ('implementation', 'initialAccepted', 'trialRun')`;

const lit =
  (light: "green" | "yellow" | "red") =>
  (input: MeasureInput): SQL => sql`
    select p.unit_id, 'project', p.id, p.label, 1, 0, ${reasonWords}
    from ${projectsAsOf(input)} p
    left join ${duties(input)} d on d.project_id = p.id and d.period = ${input.period}
    where ${UNDER_WAY} and coalesce(d.light_then, 'green') = ${light}`;

/** The lights of the projects under way and their reports of the month. @source domain.md §7, §10 */
export const progressFigures = [
  measure(
    "city.projectsUnderWay",
    (input) => sql`
    select p.unit_id, 'project', p.id, p.label, 1, 0, '' from ${projectsAsOf(input)} p where ${UNDER_WAY}`,
  ),
  measure("city.projectsGreen", lit("green")),
  measure("city.projectsYellow", lit("yellow")),
  measure("city.projectsRed", lit("red")),
  measure(
    "city.progress",
    (input) => sql`
    select p.unit_id, 'project', p.id, p.label,
      coalesce((
        select v.content->>'actualPercent' from monthly_report_versions v
        where v.report_id = d.id and v.submitted_at <= ${instantOf(input.cutoffAt)}
        order by v.number desc limit 1)::numeric, d.actual_percent),
      d.planned_percent, ${happened}
    from ${projectsAsOf(input)} p
    join ${duties(input)} d on d.project_id = p.id and d.period = ${input.period}
    where ${UNDER_WAY} and d.submitted_on is not null and d.actual_percent is not null and d.planned_percent is not null`,
  ),
  measure("city.reportsDue", reportsOfMonth(sql`true`)),
  measure("city.reportsOnTime", reportsOfMonth(isOnTime)),
  measure("city.reportsLate", reportsOfMonth(isLate)),
  measure("city.reportsMissing", reportsOfMonth(isMissing)),
];
