import { sql } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { digestOf } from "~/platform/audit/digest";

import { canonicalSheets } from "./canonical-sheets";
import type { ScoreSheet } from "./score.types";

/** SM3 over the canonical facts of a period, each with the digest of the rows behind it. */
export async function digestFacts(db: DatabaseOrTransaction, periodId: string): Promise<string> {
  const facts = await db.execute(sql`
    select f.unit_id, f.measure, f.numerator::text, f.denominator::text, f.applicable, r.digest
    from frozen_facts f
    left join (
      select unit_id, measure, encode(sha256(convert_to(string_agg(
        jsonb_build_array(subject_type, subject_id, label, numerator, denominator, note)::text, ',' order by position),
        'UTF8')), 'hex') as digest
      from frozen_fact_rows where period_id = ${periodId} group by unit_id, measure) r using (unit_id, measure)
    where f.period_id = ${periodId}
    order by f.unit_id, f.measure collate "C"`);
  return digestOf([...facts]);
}

/** SM3 over the canonical score sheets of a period. */
export const digestSheets = (sheets: readonly ScoreSheet[]): string => digestOf(canonicalSheets(sheets));
