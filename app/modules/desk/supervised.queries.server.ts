import { asc, and, eq, isNull } from "drizzle-orm";

import { supervisionItems, units } from "@db/schema";
import { itemColour } from "~/modules/supervision/index.server";
import { loadCalendars } from "~/platform/calendar.server";
import { inScope } from "~/platform/scope.server";
import { remainingWorkdays } from "~/kernel/work-calendar";
import type { Ctx } from "~/platform/transaction.server";
import { scopeFor } from "~/policy";

const SHOWN = 100;

/** 督办: the open supervised items within the actor's reach, the earliest limit first. */
export async function openSupervised({ db, actor, today }: Pick<Ctx, "db" | "actor" | "today">) {
  const scope = scopeFor(actor, "supervision:read");
  const colour = await itemColour(db, today);
  const [calendarOf, rows] = await Promise.all([
    loadCalendars(db),
    db
      .select({
        id: supervisionItems.id,
        regionId: supervisionItems.regionId,
        number: supervisionItems.number,
        title: supervisionItems.title,
        unitName: units.name,
        state: supervisionItems.state,
        dueOn: supervisionItems.dueOn,
        colour,
      })
      .from(supervisionItems)
      .innerJoin(units, eq(units.id, supervisionItems.unitId))
      .where(
        and(
          inScope(scope, { unitId: supervisionItems.unitId, regionId: supervisionItems.regionId }),
          isNull(supervisionItems.closedAt),
        ),
      )
      .orderBy(asc(supervisionItems.dueOn), asc(supervisionItems.number))
      .limit(SHOWN),
  ]);
  return rows.map(({ regionId, ...row }) => ({
    ...row,
    remainingWorkdays: remainingWorkdays(calendarOf(regionId), today, row.dueOn),
  }));
}
