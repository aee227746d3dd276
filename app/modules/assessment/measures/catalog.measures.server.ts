import { sql, type SQL } from "drizzle-orm";

import { startOfDay } from "~/kernel/local-date";

import { businessDay, dayOf, endOf, instantOf, measure, projectsAsOf, type MeasureInput } from "./measure.server";

/** Resources of approved filings, and those that a unit registered without a project. Withdrawn ones are gone. */
const resourcesDue = (input: MeasureInput): SQL => sql`(
  select r.*, p.planned_end_on as project_ends_on from resources r
  left join ${projectsAsOf(input)} p on p.id = r.project_id
  where r.region_id in ${input.regionIds} and r.state <> 'withdrawn'
    and case when r.project_id is null then r.state <> 'draft'
      else p.approved_on <= ${dayOf(input.asOf)} and p.stage_then not in ('terminated', 'lapsed') end)`;

const isPublished = ({ asOf }: MeasureInput): SQL => sql`coalesce(r.published_on <= ${dayOf(asOf)}, false)`;
const isCollected = ({ asOf }: MeasureInput): SQL => sql`coalesce(r.collected_on <= ${dayOf(asOf)}, false)`;
const count = (condition: SQL): SQL => sql`case when ${condition} then 1 else 0 end`;

/**
 * 编目率: resources of approved filings, and those published.
 * @unit resources
 * @source domain.md §4
 */
export const cataloguingRate = measure(
  "cataloguingRate",
  (input) => sql`
    select r.unit_id, 'resource', r.id, r.name, ${count(isPublished(input))}, 1,
      case when ${isPublished(input)} then r.published_on || '发布' else '尚未发布' end
    from ${resourcesDue(input)} r`,
);

/**
 * 归集率: published resources that are to be shared, and those that arrived on the exchange platform.
 * @unit resources
 * @source domain.md §4
 */
export const collectionRate = measure(
  "collectionRate",
  (input) => sql`
    select r.unit_id, 'resource', r.id, r.name, ${count(isCollected(input))}, 1,
      case when ${isCollected(input)} then r.collected_on || '归集' else '尚未归集' end
    from ${resourcesDue(input)} r
    where ${isPublished(input)} and r.sharing_type <> 'none'`,
);

/** How long each update cycle may last. Irregular resources have none. */
const CYCLE = sql`case r.update_cycle
  when 'realTime' then interval '1 day' when 'daily' then interval '1 day' when 'weekly' then interval '7 days'
  when 'monthly' then interval '1 month' when 'quarterly' then interval '3 months' when 'yearly' then interval '1 year' end`;

/**
 * 更新及时率: published resources with an update cycle, and those whose last update (at first: publication) is no older
 * than one cycle at the end of the period.
 * @unit resources
 * @source domain.md §4
 */
export const updateOnTimeRate = measure(
  "updateOnTimeRate",
  (input) => sql`
    select r.unit_id, 'resource', r.id, r.name,
      ${count(sql`coalesce(r.last_updated_on, r.published_on) + ${CYCLE} >= ${dayOf(input.asOf)}`)}, 1,
      case when r.last_updated_on is null then r.published_on || '发布后未更新' else r.last_updated_on || '更新' end
    from ${resourcesDue(input)} r
    where ${isPublished(input)} and r.update_cycle <> 'irregular'`,
);

/**
 * Demands that passed the check, are of a named provider, and fell due or were delivered in the year to date. A demand
 * refused with a reason is no valid one.
 */
const validDemands = (input: MeasureInput): SQL => sql`(
  select t.*, coalesce(t.delivered_at < ${endOf(input)}, false) as met from (
    select d.*, coalesce(d.due_on, d.answer_due_on) as due from demands d
    where d.region_id in ${input.regionIds} and d.provider_unit_id is not null and d.checked_at < ${endOf(input)}
      and not coalesce(d.state = 'refused' and d.refusal_reason <> '' and d.answered_at < ${endOf(input)}, false)) t
  where (t.due <= ${dayOf(input.asOf)} or t.delivered_at < ${endOf(input)})
    and (t.due >= ${dayOf(input.from)} or t.delivered_at >= ${instantOf(startOfDay(input.from))}))`;

const deliveredOn = businessDay(sql`d.delivered_at`);
const demandNote = sql`coalesce('期限' || d.due || '，', '')
  || case when d.met then ${deliveredOn} || '提供' else '尚未提供' end`;

/**
 * 需求满足率: valid demands to a provider that fell due, and those it met by the end of the period.
 * @unit demands
 * @source domain.md §4
 */
export const demandMetRate = measure(
  "demandMetRate",
  (input) => sql`
    select d.provider_unit_id, 'demand', d.id, d.wanted, ${count(sql`d.met`)}, 1, ${demandNote}
    from ${validDemands(input)} d`,
);

/**
 * 提前满足数据需求: demands delivered before the last day of their limit.
 * @unit demands
 * @source domain.md §9 (bonus)
 */
export const demandsMetEarly = measure(
  "demandsMetEarly",
  (input) => sql`
    select d.provider_unit_id, 'demand', d.id, d.wanted, 1, 0, ${demandNote}
    from ${validDemands(input)} d
    where d.met and ${deliveredOn} < d.due and d.delivered_at >= ${instantOf(startOfDay(input.from))}`,
);

/**
 * 目录质量: the points that one person gave and another confirmed; nobody is judged before that.
 * @unit points
 * @source domain.md §9 (0–max by a person with evidence)
 */
export const catalogQuality = measure(
  "catalogQuality",
  (input) => sql`
    select m.unit_id, 'manualScore', m.unit_id, '人工评分', m.points, 0, m.evidence
    from manual_scores m
    where m.period_id = ${input.periodId} and m.leaf = 'catalogQuality' and m.confirmed_by is not null`,
);

/** 未落实数据共享: sharable resources whose project should be finished, and those not published or not collected. @source domain.md §10 */
export const sharingOutstanding = measure(
  "city.sharingOutstanding",
  (input) => sql`
    select r.unit_id, 'resource', r.id, r.name,
      ${count(sql`not (${isPublished(input)} and ${isCollected(input)})`)}, 1,
      case when not ${isPublished(input)} then '尚未发布目录' when not ${isCollected(input)} then '已发布，尚未归集'
        else '已归集' end
    from ${resourcesDue(input)} r
    where r.sharing_type <> 'none' and (r.project_id is null or r.project_ends_on <= ${dayOf(input.asOf)})`,
);
