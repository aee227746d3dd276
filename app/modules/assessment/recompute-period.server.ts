import { asc, eq, sql } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { scoreSheets } from "@db/schema";

import type { AssessmentPeriod } from "./load-period.server";
import { loadScheme } from "./load-scheme.server";
import { digestFacts, digestSheets } from "./period-digests.server";
import { scorePeriod } from "./score-period.server";
import type { ScoreSheet } from "./score.types";

/** What a recomputation found; all true when nothing was touched since the period was frozen. */
export interface Recomputation {
  /** the facts and their rows have the digest of the day they were frozen */
  readonly factsUnchanged: boolean;
  /** every figure is the sum of its rows */
  readonly figuresAreSums: boolean;
  /** scores computed anew from facts and scheme have the digest of the day */
  readonly sheetsRecomputed: boolean;
  /** so have the sheets that are stored */
  readonly sheetsUnchanged: boolean;
  readonly factsHash: string;
  readonly sheetsHash: string;
}

/**
 * Computes a frozen period anew from its facts and scheme and compares the bytes with what was kept. Changes nothing.
 * @source domain.md §9 (recomputing a final period must give the same bytes)
 */
export async function recomputePeriod(db: DatabaseOrTransaction, period: AssessmentPeriod): Promise<Recomputation> {
  const stored = await db
    .select({ unitId: scoreSheets.unitId, group: scoreSheets.group, content: scoreSheets.content })
    .from(scoreSheets)
    .where(eq(scoreSheets.periodId, period.id))
    .orderBy(asc(scoreSheets.unitId));
  const scheme = await loadScheme(db, period.schemeId);
  const sheets = await scorePeriod(db, { periodId: period.id, period: period.period, scheme, units: stored });
  const [factsHash, sheetsHash] = [await digestFacts(db, period.id), digestSheets(sheets)];
  return {
    factsHash,
    sheetsHash,
    factsUnchanged: factsHash === period.factsHash,
    figuresAreSums: await figuresAreSums(db, period.id),
    sheetsRecomputed: sheetsHash === period.sheetsHash,
    sheetsUnchanged: digestSheets(stored.map(({ content }) => content as ScoreSheet)) === period.sheetsHash,
  };
}

async function figuresAreSums(db: DatabaseOrTransaction, periodId: string): Promise<boolean> {
  const [row] = await db.execute<{ different: number }>(sql`
    select count(*)::int as different
    from (select * from frozen_facts where period_id = ${periodId}) f
    full join (
      select unit_id, measure, sum(numerator) as numerator, sum(denominator) as denominator
      from frozen_fact_rows where period_id = ${periodId} group by unit_id, measure) r using (unit_id, measure)
    where coalesce(f.numerator, -1) <> coalesce(r.numerator, 0) or coalesce(f.denominator, -1) <> coalesce(r.denominator, 0)
      or f.applicable is distinct from (r.measure is not null)`);
  return row?.different === 0;
}
