import { eq, getTableColumns } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { corrections, resources } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { notFound } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";
import { can, type Governed } from "~/policy";

import type { CorrectionSide } from "./correction.lifecycle";

/** An error report with the resource that it is about. */
export type Correction = typeof corrections.$inferSelect & {
  readonly resourceName: string;
  readonly providerUnitId: string;
};

/** The columns of a `Correction`, for a query that joins its resource. */
export const CORRECTION_COLUMNS = {
  ...getTableColumns(corrections),
  resourceName: resources.name,
  providerUnitId: resources.unitId,
};

/** A report as policy sees it from one of its sides. */
export function sideOf(
  { reporterUnitId, providerUnitId, regionId }: Pick<Correction, "reporterUnitId" | "providerUnitId" | "regionId">,
  side: CorrectionSide,
): Governed {
  return { regionId, unitId: side === "reporter" ? reporterUnitId : providerUnitId };
}

/** The report if the actor may see it: both its units, and whoever reads what units ask of each other. @throws DomainError notFound */
export function visibleCorrection(actor: Actor, correction: Correction | undefined): Correction {
  const seen =
    correction &&
    (["reporter", "provider"] as const).some((side) => can(actor, "demand:read", sideOf(correction, side)));
  if (!correction || !seen) throw notFound("correction");
  return correction;
}

/** Locks a report that is about to change. @throws DomainError notFound */
export async function lockCorrection(tx: Transaction, ctx: Ctx, id: string): Promise<Correction> {
  const [row] = await tx
    .select(CORRECTION_COLUMNS)
    .from(corrections)
    .innerJoin(resources, eq(resources.id, corrections.resourceId))
    .where(eq(corrections.id, id))
    .for("update", { of: corrections });
  return visibleCorrection(ctx.actor, row);
}
