import { eq } from "drizzle-orm";

import type { DatabaseOrTransaction, Transaction } from "@db/client";
import { assessmentPeriods } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { conflict } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";
import { visible, type Governed } from "~/policy";

export type AssessmentPeriod = typeof assessmentPeriods.$inferSelect;

/** A period belongs to its region, to no unit: permissions that reach one's own unit do not reach it. */
export const governedByRegion = (regionId: string): Governed => ({ unitId: "", regionId });

/**
 * A period for those who manage the assessment.
 * @throws DomainError notFound
 */
export async function readPeriod(db: DatabaseOrTransaction, actor: Actor, periodId: string): Promise<AssessmentPeriod> {
  const [row] = await db.select().from(assessmentPeriods).where(eq(assessmentPeriods.id, periodId));
  return inSight(actor, row);
}

/**
 * A period that a verb is going to change, locked.
 * @throws DomainError notFound; conflict when it changed after the page was opened
 */
export async function lockPeriod(
  tx: Transaction,
  { actor }: Ctx,
  { periodId, version }: { periodId: string; version: number },
): Promise<AssessmentPeriod> {
  const [row] = await tx.select().from(assessmentPeriods).where(eq(assessmentPeriods.id, periodId)).for("update");
  const period = inSight(actor, row);
  if (period.version !== version) throw conflict("assessmentPeriod");
  return period;
}

function inSight(actor: Actor, row: AssessmentPeriod | undefined): AssessmentPeriod {
  const governed = row && { ...governedByRegion(row.regionId), row };
  return visible(actor, "assessment:read", governed, "assessmentPeriod").row;
}
