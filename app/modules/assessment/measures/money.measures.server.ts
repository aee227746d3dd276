import { sql } from "drizzle-orm";

import { COUNTED_STATE } from "~/modules/funding/index.server";

import { dayOf, endOf, instantOf, measure, projectsAsOf } from "./measure.server";

/**
 * 预算执行率: the year's budget of the approved projects, and what finance confirmed as paid in the year to date. The
 * year's share of the declared total is reduced as the approval reduced the total, to whole fen.
 * @unit fen
 * @source domain.md §5 (execution), §9 (against time)
 */
export const executionAgainstTime = measure(
  "executionAgainstTime",
  (input) => sql`
    select p.unit_id, 'project', p.id, p.label, coalesce(paid.fen, 0), y.fen,
      case when paid.times > 0 then '已确认支付' || paid.times || '笔' else '本年无已确认支付' end
    from ${projectsAsOf(input)} p
    join (
      select b.project_id, round(b.amount_fen::numeric * q.approved_fen / nullif(q.declared_fen, 0)) as fen
      from year_splits b join projects q on q.id = b.project_id
      where b.year = extract(year from ${dayOf(input.asOf)})) y on y.project_id = p.id and y.fen > 0
    cross join lateral (
      select sum(a.amount_fen) as fen, count(*) as times from payments a
      where a.project_id = p.id and a.state = ${COUNTED_STATE} and a.paid_on between ${dayOf(input.from)} and ${dayOf(input.asOf)}
        and a.confirmed_at <= ${instantOf(input.cutoffAt)}) paid
    where p.approved_on <= ${dayOf(input.asOf)} and p.stage_then not in ('terminated', 'lapsed')`,
);

/**
 * 项目自评平均得分率: projects whose self-evaluation fell due by the end of the period (the limit after acceptance is the
 * rule figure evaluation.selfDueMonths) or was recorded, with the points of its record; a due
 * one without record has 0 of 100.
 * @unit points
 * @source domain.md §2 (self-evaluation window), §9
 */
export const selfEvaluationAverage = measure(
  "selfEvaluationAverage",
  (input) => sql`
    select p.unit_id, 'project', p.id, p.label, coalesce(e.points, 0), 100,
      case when e.points is null then p.accepted_on || '终验，到期未自评' else e.on_day || '自评' || e.points || '分' end
    from ${projectsAsOf(input)} p
    left join lateral (
      select (v.payload->>'selfEvaluationPoints')::numeric as points, (v.at at time zone 'Asia/Shanghai')::date as on_day
      from domain_events v
      where v.subject_type = 'project' and v.subject_id = p.id and v.type = 'projectEvaluated' and v.at < ${endOf(input)}
        and v.payload->>'selfEvaluationPoints' is not null
      order by v.at desc limit 1) e on true
    left join lateral (
      select f.value::int as months from rule_figures f
      where f.code = 'evaluation.selfDueMonths' and f.in_force_from <= ${dayOf(input.asOf)} and f.withdrawn_at is null
      order by f.in_force_from desc limit 1) due on true
    where p.accepted_on <= ${dayOf(input.asOf)}
      and (e.points is not null or p.accepted_on + due.months * interval '1 month' <= ${dayOf(input.asOf)})`,
);
