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
 * measure unit, alike in name. A line that was cut to nothing or counts nothing has no price. The limit of the operator
 * `%` is a setting of the session: the lines that are compared are not there before it is.
 */
export function similarLines({ projectId, lineId, scope, figures, today }: Compared): SQL {
  const since = addMonths(today, -12 * figures.years);
  return sql`
    own as materialized (
      select id, category, name, measure_unit from ${budgetLines}
      where project_id = ${projectId} ${lineId ? sql`and id = ${lineId}` : sql``}
        and set_config('pg_trgm.similarity_threshold', ${String(figures.similarity)}, true) is not null
    ),
    peers as (
      select own.id as own_id, ${budgetLines.id} as line_id, ${projects.id} as project_id, ${projects.approvedOn} as approved_on,
        row_number() over (
          partition by own.id
          order by ${budgetLines.reviewedFen}::numeric(38, 12) / ${budgetLines.quantity}, ${budgetLines.id}
        ) as place,
        count(*) over (partition by own.id) as total
      from own
      join ${budgetLines} on ${budgetLines.name} % own.name and ${budgetLines.category} = own.category
        and ${budgetLines.measureUnit} = own.measure_unit and ${budgetLines.projectId} <> ${projectId}
        and ${budgetLines.reviewedFen} > 0 and ${budgetLines.quantity} > 0
      join ${projects} on ${projects.id} = ${budgetLines.projectId} and ${projects.approvedFen} is not null
        and ${projects.approvedOn} between ${since} and ${today}
        and ${inScope(scope, { unitId: projects.unitId, regionId: projects.regionId })}
    )`;
}

/** The statement of `similarPrices`: of each line's peers the first, the last and the middle one or two. */
export const similarPricesQuery = (compared: Compared): SQL => sql`
  with ${similarLines(compared)}
  select peers.own_id, peers.place::int, peers.total::int, ${budgetLines.reviewedFen} as reviewed_fen,
    ${budgetLines.quantity} as quantity
  from peers join ${budgetLines} on ${budgetLines.id} = peers.line_id
  where peers.place in (1, (peers.total + 1) / 2, peers.total / 2 + 1, peers.total)
  order by peers.own_id, peers.place`;

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
