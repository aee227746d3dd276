import { asc, and, eq, isNull } from "drizzle-orm";

import { supervisionItems, units } from "@db/schema";
import { slipColour, slipLimitsOf } from "~/modules/supervision";
import { loadCalendar } from "~/platform/calendar.server";
import { loadFigures } from "~/platform/figures.server";
import { inScope } from "~/platform/scope.server";
import { remainingWorkdays } from "~/kernel/work-calendar";
import type { Ctx } from "~/platform/transaction.server";
import { scopeFor } from "~/policy";

const SHOWN = 100;

/** 督办: the open supervised items within the actor's reach, the earliest limit first. */
export async function openSupervised({ db, actor, today }: Pick<Ctx, "db" | "actor" | "today">) {
  const scope = scopeFor(actor, "supervision:read");
  const [calendar, figures, rows] = await Promise.all([
    loadCalendar(db),
    loadFigures(db, today),
    db
      .select({
        id: supervisionItems.id,
        number: supervisionItems.number,
        title: supervisionItems.title,
        unitName: units.name,
        state: supervisionItems.state,
        dueOn: supervisionItems.dueOn,
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
  const limits = slipLimitsOf(figures);
  return rows.map((row) => ({
    ...row,
    colour: slipColour(calendar, row.dueOn, today, limits),
    remainingWorkdays: remainingWorkdays(calendar, today, row.dueOn),
  }));
}
