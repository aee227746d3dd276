import { sql, type SQL } from "drizzle-orm";

import type { Database } from "@db/client";
import { budgetLines, projects } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { addMonths, type LocalDate } from "~/kernel/local-date";
import { toExact } from "~/kernel/rational";
import type { RuleFigures } from "~/platform/figures.server";
import { inScope } from "~/platform/scope.server";
import { scopeFor, type Scope } from "~/policy";

import { medianOf, unitPriceOf, type SimilarPrices } from "./price.rules";

/** The figures by which prices are compared, as the page cites them. */
export function priceFigures(figures: RuleFigures) {
  return {
    years: figures.number("funding.priceComparedYears"),
    similarity: figures.number("funding.priceSimilarity"),
    highPercent: figures.text("funding.priceHighPercent"),
  };
}
type PriceFigures = ReturnType<typeof priceFigures>;

export interface Compared {
  readonly projectId: string;
  /** one line of it; all when not given */
  readonly lineId?: string;
  /** whose prices may be seen */
  readonly scope: Scope;
  readonly figures: PriceFigures;
  readonly today: LocalDate;
}

/** May this actor see what the units of the project's region paid? A department sees its own review and no one else's prices. */
export function mayComparePrices(actor: Actor, project: { readonly regionId: string }): boolean {
  return scopeFor(actor, "funding:read").regionIds.includes(project.regionId);
}

/**
 * The lines that each line is compared with: of other projects approved in the last years, of the same category and
 * measure unit, alike in name. A line that was cut to nothing or counts nothing has no price. Names repeat from project to
 * project: each is compared once.
 */
export function similarLines({ projectId, lineId, scope, figures, today }: Compared): SQL {
  const since = addMonths(today, -12 * figures.years);
  return sql`
    own as materialized (
      select id, category, name, measure_unit from ${budgetLines}
      where project_id = ${projectId} ${lineId ? sql`and id = ${lineId}` : sql``}
    ),
    offered as materialized (
      select line.id, line.project_id, line.category, line.measure_unit, line.name, line.reviewed_fen, line.quantity
      from ${projects} join ${budgetLines} line on line.project_id = ${projects.id}
      where ${projects.approvedFen} is not null and ${projects.approvedOn} between ${since} and ${today}
        and ${projects.id} <> ${projectId}
        and ${inScope(scope, { unitId: projects.unitId, regionId: projects.regionId })}
        and line.reviewed_fen > 0 and line.quantity > 0
        and (line.category, line.measure_unit) in (select category, measure_unit from own)
    ),
    alike as materialized (
      select own.id as own_id, named.*
      from own
      join (select distinct category, measure_unit, name from offered) named
        on named.category = own.category and named.measure_unit = own.measure_unit
        and similarity(named.name, own.name) >= ${figures.similarity}::real
    ),
    peers as (
      select alike.own_id, offered.id as line_id, offered.project_id, offered.reviewed_fen, offered.quantity,
        row_number() over (
          partition by alike.own_id order by offered.reviewed_fen::numeric(38, 12) / offered.quantity, offered.id
        ) as place,
        count(*) over (partition by alike.own_id) as total
      from alike join offered using (category, measure_unit, name)
    )`;
}

/** The statement of `similarPrices`: of each line's peers the first, the last and the middle one or two. */
export const similarPricesQuery = (compared: Compared): SQL => sql`
  with ${similarLines(compared)}
  select own_id, place::int, total::int, reviewed_fen, quantity from peers
  where place in (1, (total + 1) / 2, total / 2 + 1, total)
  order by own_id, place`;

/**
 * Number, lowest, median and highest reviewed unit price of the lines that each line of a project is compared with; a line
 * without any is absent. One statement for all lines.
 * @unit fen per piece
 */
export async function similarPrices(db: Database, compared: Compared): Promise<ReadonlyMap<string, SimilarPrices>> {
  const rows = await db.execute<{
    own_id: string;
    place: number;
    total: number;
    reviewed_fen: string;
    quantity: string;
  }>(similarPricesQuery(compared));
  const found = new Map<string, SimilarPrices>();
  for (const lineId of new Set(rows.map((row) => row.own_id))) {
    const places = rows.filter((row) => row.own_id === lineId);
    const priceAt = (place: number) => {
      const row = places.find((each) => each.place === place);
      return row && unitPriceOf(Number(row.reviewed_fen), row.quantity);
    };
    const count = places[0]?.total ?? 0;
    const middle = [...new Set([Math.ceil(count / 2), Math.floor(count / 2) + 1])].flatMap(
      (place) => priceAt(place) ?? [],
    );
    const [lowest, median, highest] = [priceAt(1), medianOf(middle), priceAt(count)];
    if (lowest && median && highest)
      found.set(lineId, { count, lowest: toExact(lowest), median: toExact(median), highest: toExact(highest) });
  }
  return found;
}
