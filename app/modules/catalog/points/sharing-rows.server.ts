import { sql, type SQL } from "drizzle-orm";

import { endOfDay, startOfDay, type LocalDate } from "~/kernel/local-date";

import type { SharingFigure } from "~/kernel/sharing-figures";

/** Of which regions, from when, as of when. */
export interface SharingInput {
  readonly regionIds: readonly string[];
  /** 1 January of the year: demands count the year to date */
  readonly from: LocalDate;
  /** states are read as they stood at the end of this day */
  readonly asOf: LocalDate;
}

const instantOf = (instant: Date): SQL => sql`${instant.toISOString()}::timestamptz`;
const dayOf = (day: LocalDate): SQL => sql`${day}::date`;
const endOf = ({ asOf }: SharingInput): SQL => instantOf(endOfDay(asOf));
const regionsOf = ({ regionIds }: SharingInput): SQL => sql`${[...regionIds]}`;

/**
 * Resources of filings that were approved, by then, and have neither been terminated nor lapsed, and those that a unit
 * registered without a project. Withdrawn ones are gone.
 * @source domain.md §4
 */
export const resourcesDue = (input: SharingInput): SQL => sql`(
  select r.*, p.planned_end_on as project_ends_on from resources r
  left join projects p on p.id = r.project_id and p.created_at < ${endOf(input)}
  left join lateral (
    select e.payload->>'to' as stage, e.at < ${endOf(input)} as is_known from domain_events e
    where e.subject_type = 'project' and e.subject_id = p.id and e.payload->>'to' is not null
    order by e.at < ${endOf(input)} desc, e.at desc, e.id desc limit 1) s on true
  where r.region_id in ${regionsOf(input)} and r.state <> 'withdrawn'
    and case when r.project_id is null then r.state <> 'draft'
      else p.approved_on <= ${dayOf(input.asOf)}
        and case when s.is_known then s.stage not in ('terminated', 'lapsed')
          else s.stage is not null or p.stage not in ('terminated', 'lapsed') end end)`;

export const isPublished = ({ asOf }: SharingInput): SQL => sql`coalesce(r.published_on <= ${dayOf(asOf)}, false)`;
export const isCollected = ({ asOf }: SharingInput): SQL => sql`coalesce(r.collected_on <= ${dayOf(asOf)}, false)`;
const count = (condition: SQL): SQL => sql`case when ${condition} then 1 else 0 end`;

/** How long each update cycle may last. Irregular resources have none. */
const CYCLE = sql`case r.update_cycle
  when 'realTime' then interval '1 day' when 'daily' then interval '1 day' when 'weekly' then interval '7 days'
  when 'monthly' then interval '1 month' when 'quarterly' then interval '3 months' when 'yearly' then interval '1 year' end`;

/**
 * Demands that passed the check, are of a named provider, and fell due or were delivered in the year to date. A demand
 * refused with a reason that stands, or withdrawn before it was met, is no valid one.
 * @source domain.md §4
 */
export const validDemands = (input: SharingInput): SQL => sql`(
  select t.*, coalesce(t.delivered_at < ${endOf(input)}, false) as met from (
    select d.*, coalesce(d.due_on, d.answer_due_on) as due from demands d
    where d.region_id in ${regionsOf(input)} and d.provider_unit_id is not null and d.checked_at < ${endOf(input)}
      and not coalesce(d.delivered_at is null and d.refusal_reason <> '' and d.answered_at < ${endOf(input)}, false)
      and not coalesce(d.state = 'withdrawn' and d.ended_at < ${endOf(input)}, false)) t
  where (t.due <= ${dayOf(input.asOf)} or t.delivered_at < ${endOf(input)})
    and (t.due >= ${dayOf(input.from)} or t.delivered_at >= ${instantOf(startOfDay(input.from))}))`;

/** The business day on which a demand `d` was delivered. */
export const deliveredOn = sql`(d.delivered_at at time zone 'Asia/Shanghai')::date`;
export const demandNote = sql`coalesce('期限' || d.due || '，', '')
  || case when d.met then ${deliveredOn} || '提供' else '尚未提供' end`;

/**
 * The records behind each rate, one row each, with the columns unit_id, subject_type, subject_id, label, numerator,
 * denominator, note. A unit's rate is the sum of the one column over the sum of the other; a unit without rows is not
 * concerned. Assessment freezes the very same rows.
 * @unit resources, demands
 * @source domain.md §4
 */
export const sharingRows: Readonly<Record<SharingFigure, (input: SharingInput) => SQL>> = {
  cataloguingRate: (input) => sql`
    select r.unit_id, 'resource' as subject_type, r.id as subject_id, r.name as label,
      ${count(isPublished(input))} as numerator, 1 as denominator,
      case when ${isPublished(input)} then r.published_on || '发布' else '尚未发布' end as note
    from ${resourcesDue(input)} r`,
  collectionRate: (input) => sql`
    select r.unit_id, 'resource' as subject_type, r.id as subject_id, r.name as label,
      ${count(isCollected(input))} as numerator, 1 as denominator,
      case when ${isCollected(input)} then r.collected_on || '归集' else '尚未归集' end as note
    from ${resourcesDue(input)} r
    where ${isPublished(input)} and r.sharing_type <> 'none'`,
  updateOnTimeRate: (input) => sql`
    select r.unit_id, 'resource' as subject_type, r.id as subject_id, r.name as label,
      ${count(sql`coalesce(r.last_updated_on, r.published_on) + ${CYCLE} >= ${dayOf(input.asOf)}`)} as numerator,
      1 as denominator,
      case when r.last_updated_on is null then r.published_on || '发布后未更新' else r.last_updated_on || '更新' end as note
    from ${resourcesDue(input)} r
    where ${isPublished(input)} and r.update_cycle <> 'irregular'`,
  demandMetRate: (input) => sql`
    select d.provider_unit_id as unit_id, 'demand' as subject_type, d.id as subject_id, d.wanted as label,
      ${count(sql`d.met`)} as numerator, 1 as denominator, ${demandNote} as note
    from ${validDemands(input)} d`,
};
