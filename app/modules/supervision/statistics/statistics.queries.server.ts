import { and, asc, eq, sql, type SQL } from "drizzle-orm";

import type { Database } from "@db/client";
import { supervisionItems, supervisionSlips, supervisionTalks, units } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import { addPeriods, periodOf, yearOf, period, type Period } from "~/kernel/period";
import { keysOf, SUPERVISION_ORIGINS, type SupervisionOrigin } from "~/kernel/vocabulary";
import { isWantedUnit, readWantedUnit } from "~/modules/identity/index.server";
import { inScope } from "~/platform/scope.server";
import type { Scope } from "~/policy";

import { closedOn, readMonths, standsAs, withinMonths } from "../register/register-query.server";

/** The months that the statistics speak of, and of whom. */
export interface StatisticsQuery {
  readonly from: Period;
  readonly to: Period;
  readonly unit: string | undefined;
}

/** Reads the question from an address; left out: this year up to this month. Months the wrong way round are turned. */
export function readStatisticsQuery(params: URLSearchParams, today: LocalDate): StatisticsQuery {
  const asked = readMonths(params);
  const to = asked.to ?? periodOf(today);
  const from = asked.from ?? (asked.to ? addPeriods(to, -11) : period(`${yearOf(to)}-01`));
  return { unit: readWantedUnit(params), ...(from <= to ? { from, to } : { from: to, to: from }) };
}

/** The figures of one row: a unit, an origin, or all. */
export interface SupervisionFigures {
  readonly registered: number;
  readonly inTime: number;
  readonly late: number;
  readonly open: number;
  readonly overdue: number;
  /** calendar days from registration to closing, summed over the closed items @unit days */
  readonly daysToClose: number;
  readonly blue: number;
  readonly orange: number;
  readonly red: number;
  /** null where talks cannot be told apart: by origin */
  readonly talks: number | null;
}

const countIf = (condition: SQL) => sql<number>`(count(*) filter (where ${condition}))::int`;

/**
 * What became of the items that were registered in some months, and which slips were issued and talks called in them: by
 * unit, by origin and in all. Three statements, however many units.
 * @source domain.md §8
 */
export async function readStatistics(db: Database, scope: Scope, query: StatisticsQuery, today: LocalDate) {
  const { from, to, unit } = query;
  const [items, slips, talks, names] = await Promise.all([
    db
      .select({
        unitId: supervisionItems.unitId,
        origin: supervisionItems.origin,
        registered: sql<number>`count(*)::int`,
        inTime: countIf(standsAs("inTime", today)),
        late: countIf(standsAs("late", today)),
        open: countIf(standsAs("open", today)),
        overdue: countIf(standsAs("overdue", today)),
        daysToClose: sql<number>`coalesce(sum(${closedOn} - ${supervisionItems.registeredOn}), 0)::int`,
      })
      .from(supervisionItems)
      .where(
        and(
          inScope(scope, { unitId: supervisionItems.unitId, regionId: supervisionItems.regionId }),
          isWantedUnit(supervisionItems.unitId, unit),
          withinMonths(supervisionItems.registeredOn, from, to),
        ),
      )
      .groupBy(supervisionItems.unitId, supervisionItems.origin),
    db
      .select({
        unitId: supervisionSlips.unitId,
        origin: supervisionItems.origin,
        blue: countIf(eq(supervisionSlips.colour, "blue")),
        orange: countIf(eq(supervisionSlips.colour, "orange")),
        red: countIf(eq(supervisionSlips.colour, "red")),
      })
      .from(supervisionSlips)
      .innerJoin(supervisionItems, eq(supervisionItems.id, supervisionSlips.itemId))
      .where(
        and(
          inScope(scope, { unitId: supervisionSlips.unitId, regionId: supervisionSlips.regionId }),
          isWantedUnit(supervisionSlips.unitId, unit),
          withinMonths(supervisionSlips.issuedOn, from, to),
        ),
      )
      .groupBy(supervisionSlips.unitId, supervisionItems.origin),
    db
      .select({ unitId: supervisionTalks.unitId, talks: sql<number>`count(*)::int` })
      .from(supervisionTalks)
      .where(
        and(
          inScope(scope, { unitId: supervisionTalks.unitId, regionId: supervisionTalks.regionId }),
          isWantedUnit(supervisionTalks.unitId, unit),
          withinMonths(supervisionTalks.calledOn, from, to),
        ),
      )
      .groupBy(supervisionTalks.unitId),
    db
      .select({ id: units.id, name: units.name })
      .from(units)
      .where(inScope(scope, { unitId: units.id, regionId: units.regionId }))
      .orderBy(asc(units.group), asc(units.position), asc(units.id)),
  ]);
  const parts: Part[] = [...items, ...slips, ...talks];
  const ofUnits = names.flatMap(({ id, name }) => {
    const own = parts.filter(({ unitId }) => unitId === id);
    return own.length > 0 ? [{ unitId: id, name, ...sumOf(own) }] : [];
  });
  const ofOrigins = keysOf(SUPERVISION_ORIGINS).flatMap((origin) => {
    const own = parts.filter((part) => part.origin === origin);
    return own.length > 0 ? [{ origin, name: SUPERVISION_ORIGINS[origin], ...sumOf(own), talks: null }] : [];
  });
  return { units: ofUnits, origins: ofOrigins, all: sumOf(parts) };
}

type Part = Partial<SupervisionFigures> & { readonly unitId: string; readonly origin?: SupervisionOrigin };

/** Adds up what several statements found. */
function sumOf(parts: readonly Part[]): SupervisionFigures {
  const sum = (name: keyof SupervisionFigures) => parts.reduce((total, part) => total + (part[name] ?? 0), 0);
  return {
    registered: sum("registered"),
    inTime: sum("inTime"),
    late: sum("late"),
    open: sum("open"),
    overdue: sum("overdue"),
    daysToClose: sum("daysToClose"),
    blue: sum("blue"),
    orange: sum("orange"),
    red: sum("red"),
    talks: sum("talks"),
  };
}
