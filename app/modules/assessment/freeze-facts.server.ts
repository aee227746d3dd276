import { sql } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { frozenFactRows, frozenFacts } from "@db/schema";

import type { MeasureInput } from "./measures/measure.server";
import { MEASURES } from "./measures/measures.server";

/**
 * Measures everything of a period and keeps it: the rows of each measure as one INSERT … SELECT, numbered in an order
 * that does not depend on the database, then their sums. A judged unit without rows is marked as not concerned.
 * @source domain.md §9 (facts frozen)
 */
export async function freezeFacts(
  tx: Transaction,
  input: MeasureInput & {
    readonly regionId: string;
    readonly unitIds: readonly string[];
    readonly judged: readonly string[];
  },
): Promise<void> {
  for (const { code, rows } of MEASURES) {
    await tx.execute(sql`
      insert into ${frozenFactRows}
        (period_id, measure, unit_id, region_id, position, subject_type, subject_id, label, numerator, denominator, note)
      select ${input.periodId}::uuid, ${code}::text, r.unit_id, coalesce(u.region_id, ${input.regionId}::uuid),
        row_number() over (partition by r.unit_id order by r.label collate "C", r.subject_id, r.note collate "C"),
        r.subject_type, r.subject_id, r.label, trim_scale(r.numerator::numeric), trim_scale(r.denominator::numeric), r.note
      from (${rows(input)}) as r (unit_id, subject_type, subject_id, label, numerator, denominator, note)
      left join units u on u.id = r.unit_id`);
  }
  await tx.execute(sql`
    insert into ${frozenFacts} (period_id, measure, unit_id, region_id, numerator, denominator, applicable)
    select period_id, measure, unit_id, region_id, trim_scale(sum(numerator)), trim_scale(sum(denominator)), true
    from ${frozenFactRows} where period_id = ${input.periodId}
    group by period_id, measure, unit_id, region_id`);
  if (input.unitIds.length === 0) return;
  await tx.execute(sql`
    insert into ${frozenFacts} (period_id, measure, unit_id, region_id, numerator, denominator, applicable)
    select ${input.periodId}::uuid, m.code, u.id, u.region_id, 0, 0, false
    from units u cross join unnest(array[${sql.join(
      input.judged.map((code) => sql`${code}::text`),
      sql`, `,
    )}]) as m (code)
    where u.id in ${input.unitIds}
    on conflict do nothing`);
  // What follows in this transaction reads these rows; without statistics the planner would take them for a handful.
  await tx.execute(sql`analyze ${frozenFactRows}, ${frozenFacts}`);
}
