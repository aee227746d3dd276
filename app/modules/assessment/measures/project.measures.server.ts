import { sql } from "drizzle-orm";

import { PROJECT_STAGES } from "~/kernel/vocabulary";

import { measure, projectsAsOf } from "./measure.server";

const stageWords = sql.join(
  Object.entries(PROJECT_STAGES).map(([stage, word]) => sql`when ${stage} then ${word}`),
  sql` `,
);

/** 纳入管理的项目: handed in, and not ended without being built. @source domain.md §2, §10 (counts) */
export const projectsManaged = measure(
  "city.projects",
  (input) => sql`
    select p.unit_id, 'project', p.id, p.label, 1, 0, case p.stage_then ${stageWords} end
    from ${projectsAsOf(input)} p
    where p.stage_then not in ('draft', 'withdrawn', 'rejected', 'terminated', 'lapsed')`,
);
