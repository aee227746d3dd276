import { asc, and, eq, isNull } from "drizzle-orm";

import { supervisionItems, units } from "@db/schema";
import { slipColour } from "~/modules/supervision";
import { loadCalendar } from "~/platform/figures.server";
import { inScope } from "~/platform/scope.server";
import type { Ctx } from "~/platform/transaction.server";
import { scopeFor } from "~/policy";

import { remainingWorkdays } from "./work-item";

const SHOWN = 100;

/** 督办: the open supervised items within the actor's reach, the earliest limit first. */
export async function openSupervised({ db, actor, today }: Pick<Ctx, "db" | "actor" | "today">) {
  const scope = scopeFor(actor, "supervision:read");
  const [calendar, rows] = await Promise.all([
    loadCalendar(db),
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
  return rows.map((row) => ({
    ...row,
    colour: slipColour(calendar, row.dueOn, today),
    remainingWorkdays: remainingWorkdays(calendar, today, row.dueOn),
  }));
}
