import { sql } from "drizzle-orm";

import { dayOf, endOf, instantOf, measure, projectsAsOf } from "./measure.server";
import { startOfDay } from "~/kernel/local-date";

/**
 * 立项申报一次通过率: filings whose first approval review ended in the year, and those it passed at once.
 * @unit filings
 * @source domain.md §9 (first-pass filing)
 */
export const firstPassFiling = measure(
  "firstPassFiling",
  (input) => sql`
    select p.unit_id, 'project', p.id, p.label, case when r.outcome = 'approved' then 1 else 0 end, 1,
      case r.outcome when 'approved' then '一次通过审核' when 'returned' then '首次审核退回补正' else '首次审核不予立项' end
    from ${projectsAsOf(input)} p
    join reviews r on r.project_id = p.id and r.kind = 'approval' and r.round = 1
    where r.outcome is not null and r.closed_at >= ${instantOf(startOfDay(input.from))} and r.closed_at < ${endOf(input)}`,
);

/**
 * 统一组件利用率: of the common components that fit the new applications approved so far, those that are reused.
 * A component that does not fit is not counted.
 * @unit components
 * @source domain.md §3 (common components), §9
 */
export const componentReuseRate = measure(
  "componentReuseRate",
  (input) => sql`
    select p.unit_id, 'project', p.id, p.label || ' · ' || c.name,
      case when pc.decision = 'reuse' then 1 else 0 end, 1,
      case when pc.decision = 'reuse' then '复用' else '未复用：' || pc.reason end
    from ${projectsAsOf(input)} p
    join project_components pc on pc.project_id = p.id
    join common_components c on c.code = pc.component_code
    where p.nature = 'new' and p.approved_on <= ${dayOf(input.asOf)} and p.stage_then not in ('terminated', 'lapsed')
      and pc.decision in ('reuse', 'notReused')`,
);
