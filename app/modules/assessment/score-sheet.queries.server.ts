import { and, desc, eq, sql } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { assessmentPeriods, schemes, scoreSheets } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { Period } from "~/kernel/period";
import { notFound } from "~/kernel/result";
import { visible } from "~/policy";

import { maySeePeriod } from "./ranking.queries.server";
import type { ScoreSheet } from "./score.types";

/**
 * One unit's score sheet of a month.
 * @throws DomainError notFound when there is none, when it is another unit's, or when it is not published yet
 */
export async function readScoreSheet(
  db: DatabaseOrTransaction,
  actor: Actor,
  { period, unitId }: { period: Period; unitId: string },
) {
  const [row] = await db
    .select({ period: assessmentPeriods, sheet: scoreSheets, schemeName: schemes.name })
    .from(scoreSheets)
    .innerJoin(assessmentPeriods, eq(assessmentPeriods.id, scoreSheets.periodId))
    .innerJoin(schemes, eq(schemes.id, assessmentPeriods.schemeId))
    .where(and(eq(assessmentPeriods.period, period), eq(scoreSheets.unitId, unitId)))
    .orderBy(desc(sql`${assessmentPeriods.regionId} = ${actor.regionId}`))
    .limit(1);
  const sheet = visible(actor, "score:read", row?.sheet, "scoreSheet");
  if (!row || !maySeePeriod(actor, row.period)) throw notFound("scoreSheet");
  const { content, ...head } = sheet;
  return { period: row.period, schemeName: row.schemeName, head, sheet: content as ScoreSheet };
}
