import { sql } from "drizzle-orm";

import { dayOf, instantOf, measure, systemsAsOf } from "./measure.server";

/**
 * 上云率: own-built systems in scope, and those that passed 安全检测 and opened service by the end of the period. The
 * inventory's own rate (systems, cloudRates) counts alike; a test compares them.
 * @unit systems
 * @source domain.md §6
 */
export const cloudRate = measure(
  "cloudRate",
  (input) => sql`
    select t.unit_id, 'system', s.id, s.label, case when c.proven = 2 then 1 else 0 end, 1,
      case when c.proven = 2 then c.opened_on || '服务开通' when c.done = 0 then '尚未启动' else '已完成' || c.done || '步' end
    from ${systemsAsOf(input)} s
    join cloud_standings t on t.system_id = s.id and t.from_on <= ${dayOf(input.asOf)}
      and (t.to_on is null or t.to_on > ${dayOf(input.asOf)})
    cross join lateral (
      select count(*) as done, count(*) filter (where step in ('安全检测', '服务开通')) as proven,
        max(completed_on) filter (where step = '服务开通') as opened_on
      from cloud_steps
      where system_id = s.id and completed_on <= ${dayOf(input.asOf)} and recorded_at <= ${instantOf(input.cutoffAt)}
        and (rolled_back_on is null or rolled_back_on > ${dayOf(input.asOf)} or rolled_back_at > ${instantOf(input.cutoffAt)})) c
    where t.scope = 'in' or (t.scope = 'special' and not t.managed)`,
);
