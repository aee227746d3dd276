import { and, eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { paymentSheets } from "@db/schema";
import { findTransition } from "~/kernel/lifecycle";
import { conflict, notFound } from "~/kernel/result";
import type { PaymentSheetState } from "~/kernel/vocabulary";
import type { Ctx } from "~/platform/transaction.server";

import { SHEET_LIFECYCLE, type SheetEvent } from "./sheet.lifecycle";

export type PaymentSheet = typeof paymentSheets.$inferSelect;

/** Which sheet, and the version the page showed. */
export interface SheetRef {
  readonly sheetId: string;
  readonly version: number;
}

/** Finance works on the sheets of its region. */
const isVisible = ({ actor }: Pick<Ctx, "actor">, { regionId }: PaymentSheet): boolean =>
  actor.regionIds.includes(regionId);

/**
 * Locks a sheet for a verb.
 * @throws DomainError notFound outside the actor's region; conflict when another step came first
 */
export async function lockSheet(tx: Transaction, ctx: Ctx, { sheetId, version }: SheetRef): Promise<PaymentSheet> {
  const [sheet] = await tx.select().from(paymentSheets).where(eq(paymentSheets.id, sheetId)).for("update");
  if (!sheet || !isVisible(ctx, sheet)) throw notFound("paymentSheet");
  if (sheet.version !== version) throw conflict("paymentSheet");
  return sheet;
}

/** Who it belongs to, as policy asks: the region; no unit owns a sheet of the treasury. */
export const governedSheet = ({ regionId }: PaymentSheet, { actor }: Ctx) => ({ unitId: actor.unitId, regionId });

export const nextState = (state: PaymentSheetState, event: SheetEvent): PaymentSheetState | undefined =>
  findTransition(SHEET_LIFECYCLE, state, event)?.to;

/** Writes the next state of a locked sheet. @throws DomainError conflict */
export async function moveSheet(
  tx: Transaction,
  { id, version }: PaymentSheet,
  changes: Partial<typeof paymentSheets.$inferInsert>,
): Promise<void> {
  const moved = await tx
    .update(paymentSheets)
    .set({ ...changes, version: version + 1 })
    .where(and(eq(paymentSheets.id, id), eq(paymentSheets.version, version)))
    .returning({ id: paymentSheets.id });
  if (moved.length === 0) throw conflict("paymentSheet");
}
