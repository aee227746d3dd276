import { eq, sql } from "drizzle-orm";
import { openDatabase } from "@db/client";
import { resolveDatabaseUrl } from "@db/locate";
import { users, assessmentPeriods } from "@db/schema";
import { localDate, startOfDay } from "~/kernel/local-date";
import { period } from "~/kernel/period";
import { freezePeriod } from "~/modules/assessment/index.server";
import { readPeriod } from "~/modules/assessment/load-period.server";
import { recomputePeriod } from "~/modules/assessment/recompute-period.server";
import { MEASURES } from "~/modules/assessment/measures/measures.server";
import { readActor } from "~/platform/sessions.server";
const located = await resolveDatabaseUrl(process.env);
const db = openDatabase(located.url, { max: 2, statementTimeoutMs: 120_000 });
const [u] = await db.select().from(users).where(eq(users.username, "assessor"));
const actor = (await readActor(db, u!.id))!;
const today = localDate("2026-07-20");
const now = new Date(startOfDay(today).getTime() + 9 * 3600e3);
for (const m of MEASURES) {
  const t = performance.now();
  const [r] = await db.execute(sql`select count(*)::int as n from (${m.rows({ regionIds: actor.regionIds, period: period("2026-06"), periodId: "00000000-0000-0000-0000-000000000000", from: localDate("2026-01-01"), asOf: localDate("2026-06-30"), cutoffAt: now, cutoffDay: today, redMissingReports: 2 })}) q`);
  console.log(m.code, (r as any).n, Math.round(performance.now() - t) + "ms");
}
let t = performance.now();
const r = await freezePeriod({ db, actor, now, today, requestId: "x", address: "" }, { period: period("2026-06") });
console.log(r.ok ? r.value : r.refusals, Math.round(performance.now() - t) + "ms");
if (r.ok) {
  t = performance.now();
  console.log(await recomputePeriod(db, await readPeriod(db, actor, r.value.periodId)), Math.round(performance.now() - t) + "ms");
  console.log(await db.execute(sql`select count(*) from frozen_fact_rows where period_id = ${r.value.periodId}`), await db.execute(sql`select count(*) from score_sheets where period_id = ${r.value.periodId}`));
}
await db.close(); await located.stop();
