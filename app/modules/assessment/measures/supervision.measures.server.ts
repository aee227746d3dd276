import { sql } from "drizzle-orm";

import { businessDay, dayOf, instantOf, measure } from "./measure.server";

const closedOn = businessDay(sql`i.closed_at`);

/**
 * 督办按期销号率: supervised items that fell due in the year to date, and those closed within their limit.
 * @unit items
 * @source domain.md §8, §9
 */
export const supervisionClosedInTime = measure(
  "supervisionClosedInTime",
  ({ regionIds, from, asOf, cutoffAt }) => sql`
    select i.unit_id, 'supervisionItem', i.id, i.number || ' ' || i.title,
      case when i.closed_at <= ${instantOf(cutoffAt)} and ${closedOn} <= i.due_on then 1 else 0 end, 1,
      '办理期限' || i.due_on || '，'
        || case when i.closed_at <= ${instantOf(cutoffAt)} then ${closedOn} || '销号' else '尚未销号' end
    from supervision_items i
    where i.region_id in ${regionIds} and i.due_on between ${dayOf(from)} and ${dayOf(asOf)}`,
);

/**
 * 督办事项重新办理: items registered in the year to date that were reopened after they had been closed; each once.
 * @unit items
 * @source domain.md §8, §9 (deductions)
 */
export const supervisionReopened = measure(
  "supervisionReopened",
  ({ regionIds, from, asOf }) => sql`
    select i.unit_id, 'supervisionItem', i.id, i.number || ' ' || i.title, 1, 0, '重新办理' || i.reopened_count || '次'
    from supervision_items i
    where i.region_id in ${regionIds} and i.reopened_count > 0
      and i.registered_on between ${dayOf(from)} and ${dayOf(asOf)}`,
);

/**
 * 通报批评: bulletins that gave a unit something to put right in the year to date; each bulletin counts once for a unit.
 * @unit bulletins
 * @source domain.md §8 (整改), §9 (deductions)
 */
export const publicCriticism = measure(
  "publicCriticism",
  ({ regionIds, from, asOf }) => sql`
    select i.unit_id, case when i.origin_id is null then 'supervisionItem' else 'bulletin' end,
      coalesce(i.origin_id, i.id), coalesce(b.number || ' ' || b.title, i.number || ' ' || i.title), 1, 0,
      '要求整改' || i.items || '项'
    from (
      select distinct on (t.unit_id, coalesce(t.origin_id, t.id)) t.*,
        count(*) over (partition by t.unit_id, coalesce(t.origin_id, t.id)) as items
      from supervision_items t
      where t.region_id in ${regionIds} and t.origin = 'bulletin'
        and t.registered_on between ${dayOf(from)} and ${dayOf(asOf)}
      order by t.unit_id, coalesce(t.origin_id, t.id), t.number) i
    left join bulletins b on b.id = i.origin_id`,
);

/** 逾期督办事项: past their limit and not closed at the cut-off; the denominator is the days overdue. @source domain.md §10 */
export const overdueSupervision = measure(
  "city.overdueSupervision",
  ({ regionIds, cutoffDay, cutoffAt }) => sql`
    select i.unit_id, 'supervisionItem', i.id, i.number || ' ' || i.title, 1, ${dayOf(cutoffDay)} - i.due_on,
      '办理期限' || i.due_on
    from supervision_items i
    where i.region_id in ${regionIds} and i.registered_on <= ${dayOf(cutoffDay)} and i.due_on < ${dayOf(cutoffDay)}
      and not coalesce(i.closed_at <= ${instantOf(cutoffAt)}, false)`,
);
