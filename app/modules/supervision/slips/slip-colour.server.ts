import { isNull, sql, type SQL } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { supervisionItems, supervisionSlips } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import type { SlipColour } from "~/kernel/vocabulary";
import { loadCalendars } from "~/platform/calendar.server";
import { loadFigures } from "~/platform/figures.server";

import { slipBounds, slipLimitsOf, WITH_UNIT, type SlipBounds } from "./slips.rules";

/**
 * The colour of each supervised item today as a column, so that lists filter, count and page by it: the clock's colour
 * while the item is with its unit, the last slip's while it waits for the bureau, none once it is closed. All who show a
 * colour take it from here.
 * @source domain.md §8
 */
export async function itemColour(db: DatabaseOrTransaction, today: LocalDate): Promise<SQL<SlipColour>> {
  const [calendarOf, figures, regions] = await Promise.all([
    loadCalendars(db),
    loadFigures(db, today),
    db
      .selectDistinct({ id: supervisionItems.regionId })
      .from(supervisionItems)
      .where(isNull(supervisionItems.closedAt)),
  ]);
  const limits = slipLimitsOf(figures);
  const boundsOf = regions.map(({ id }) => ({ id, bounds: slipBounds(calendarOf(id), today, limits) }));
  if (boundsOf.length === 0) return sql<SlipColour>`'none'`;
  const bound = (which: keyof SlipBounds): SQL => {
    const days = [...new Set(boundsOf.map(({ bounds }) => bounds[which]))];
    const whens = days.map((day) => {
      const ids = boundsOf.filter(({ bounds }) => bounds[which] === day).map(({ id }) => id);
      return sql`when ${supervisionItems.regionId} = any(${`{${ids.join()}}`}::uuid[]) then ${day}::date`;
    });
    return sql`case ${sql.join(whens, sql` `)} end`;
  };
  const withUnit = sql`${supervisionItems.state} = any(${`{${WITH_UNIT.join()}}`}::text[])`;
  return sql<SlipColour>`case
    when ${supervisionItems.closedAt} is not null then 'none'
    when not ${withUnit} then coalesce(${lastColour()}, 'none')
    when ${supervisionItems.dueOn} < ${bound("redBefore")} then 'red'
    when ${supervisionItems.dueOn} < ${today}::date then 'orange'
    when ${supervisionItems.dueOn} <= ${bound("blueUntil")} then 'blue'
    else 'none' end`;
}

/** The colour of the highest slip of an item in its present round. */
const lastColour = (): SQL => sql`(select slip.colour from ${supervisionSlips} slip
  where slip.item_id = ${supervisionItems.id} and slip.round = ${supervisionItems.reopenedCount}
  order by array_position(array['red', 'orange', 'blue'], slip.colour) limit 1)`;
