import { sql } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { digestOf } from "~/platform/audit/digest";

import { canonicalSheets } from "./canonical-sheets";
import type { ScoreSheet } from "./score.types";

/** SM3 over the canonical facts of a period, each with the digest of the rows behind it. */
export async function digestFacts(db: DatabaseOrTransaction, periodId: string): Promise<string> {
  // Two plain reads instead of a join: inside the freeze the tables have no statistics yet, and a planner that expects a
  // single row would aggregate once per fact.
  const facts = await db.execute<{ unit_id: string; measure: string }>(sql`
    select unit_id, measure, numerator::text, denominator::text, applicable
    from frozen_facts where period_id = ${periodId}
    order by unit_id, measure collate "C"`);
  const rows = await db.execute<{ unit_id: string; measure: string; digest: string }>(sql`
    select unit_id, measure, encode(sha256(convert_to(string_agg(
      jsonb_build_array(subject_type, subject_id, label, numerator, denominator, note)::text, ',' order by position),
      'UTF8')), 'hex') as digest
    from frozen_fact_rows where period_id = ${periodId}
    group by unit_id, measure`);
  const digests = new Map(rows.map((row) => [`${row.unit_id} ${row.measure}`, row.digest]));
  return digestOf(facts.map((fact) => ({ ...fact, digest: digests.get(`${fact.unit_id} ${fact.measure}`) ?? null })));
}

/** SM3 over the canonical score sheets of a period. */
export const digestSheets = (sheets: readonly ScoreSheet[]): string => digestOf(canonicalSheets(sheets));
