import { sql } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { materials, serviceMatters, systems } from "@db/schema";

import type { Sight } from "./sight.server";

/** As many as a list can be read through. */
const MOST_TAGS = 100;

/** The tags of the nodes that the sight allows, the most used first. */
export async function readTags(db: DatabaseOrTransaction, sight: Sight): Promise<string[]> {
  const rows = await db.execute<{ tag: string }>(sql`
    select tag from (
      select unnest(${systems.tags}) as tag from ${systems} where ${sight.system} and not ${systems.secret}
      union all select unnest(${serviceMatters.tags}) from ${serviceMatters} where ${sight.matter}
      union all select unnest(${materials.tags}) from ${materials} where ${sight.material}
    ) t group by tag order by count(*) desc, tag limit ${MOST_TAGS}`);
  return rows.map(({ tag }) => tag);
}
