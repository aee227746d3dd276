import { sql } from "drizzle-orm";

import { dayOf, measure } from "./measure.server";

/** Stands for the unit of a task that names none (a real ledger has such tasks). */
export const NO_UNIT = "00000000-0000-0000-0000-000000000000";

/**
 * 逾期任务: tasks of plans in force with dates of completion of which the earliest one not met has passed at the cut-off;
 * the denominator is the days overdue. A task stands under its first known lead unit, else its first known responsible
 * unit, else under none; its note names all that lead it.
 * @source domain.md §7 (only dated ones can be overdue), §10
 */
export const overdueTasks = measure(
  "city.overdueTasks",
  ({ regionIds, cutoffDay }) => sql`
    select coalesce(u.unit_id, ${NO_UNIT}::uuid), 'ledgerTask', t.id, t.number || ' ' || coalesce(t.title, t.content), 1,
      ${dayOf(cutoffDay)} - first.due, coalesce(u.mentions, '')
    from ledger_tasks t
    join ledger_plans p on p.id = t.plan_id and p.state = 'active'
    cross join lateral (
      select min((moment->>'on')::date) as due
      from jsonb_array_elements(t.deadlines) with ordinality part(moment, place)
      where moment->>'mode' = 'by' and not exists (
        select from ledger_moments_met m
        where m.task_id = t.id and m.position = place - 1 and m.met_on <= ${dayOf(cutoffDay)})) first
    cross join lateral (
      select (array_agg(n.unit_id order by n.role, n.position) filter (where n.unit_id is not null))[1] as unit_id,
        string_agg(n.mention, '、' order by n.position) filter (where n.role = 'lead') as mentions
      from ledger_task_units n where n.task_id = t.id) u
    where t.region_id in ${regionIds} and t.deadline_kind in ('byDate', 'milestones') and first.due < ${dayOf(cutoffDay)}
      and not coalesce(t.closed_on <= ${dayOf(cutoffDay)}, false)`,
);
