import { sql } from "drizzle-orm";

import type { Database } from "@db/client";
import { localDate } from "~/kernel/local-date";
import { lastDay, type Period } from "~/kernel/period";
import { MEASURES } from "~/modules/assessment/measures/measures.server";
import { newId } from "~/platform/ids.server";

/** What a measure of the assessment yields for a region and month: the sums of its rows, nothing frozen. */
export async function measuredTotal(
  db: Database,
  code: string,
  regionId: string,
  month: Period,
): Promise<{ numerator: number; denominator: number }> {
  const measure = MEASURES.find((each) => each.code === code);
  if (!measure) throw new Error(`no measure is called ${code}`);
  const cutoffDay = localDate("2026-08-10");
  const rows = measure.rows({
    regionIds: [regionId],
    period: month,
    periodId: newId(),
    from: localDate(`${month.slice(0, 4)}-01-01`),
    asOf: lastDay(month),
    cutoffAt: new Date("2026-08-10T01:00:00Z"),
    cutoffDay,
    redMissingReports: 2,
  });
  const [sums] = await db.execute<{ numerator: number; denominator: number }>(sql`
    select coalesce(sum(m.numerator), 0)::int as numerator, coalesce(sum(m.denominator), 0)::int as denominator
    from (${rows}) as m (unit_id, subject_type, subject_id, label, numerator, denominator, note)`);
  return sums ?? { numerator: 0, denominator: 0 };
}
