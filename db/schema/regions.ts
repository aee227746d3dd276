import { integer, pgTable, text, uuid } from "drizzle-orm/pg-core";

import { REGION_LEVELS, type RegionLevel } from "../../app/kernel/vocabulary";
import { oneOf } from "../checks";

/** The tree of regions: city → county and functional zone → town. `path` is "/4407/440784/…" for subtree queries. */
export const regions = pgTable(
  "regions",
  {
    id: uuid("id").primaryKey(),
    parentId: uuid("parent_id"),
    code: text("code").notNull().unique(),
    name: text("name").notNull(),
    level: text("level").$type<RegionLevel>().notNull(),
    path: text("path").notNull().unique(),
    /** day of the following month on which monthly reports are due */
    reportingDay: integer("reporting_day").notNull(),
  },
  (t) => [oneOf("regions_level_check", t.level, REGION_LEVELS)],
);
