import { accept, refuse, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { governedSheet, lockSheet, moveSheet, nextState, type SheetRef } from "./payment-sheets.server";
import type { SheetRefusal } from "./sheet.refusals.server";

/**
 * Gives up a payment sheet that was not applied; it stays with its rows, and the same file may be uploaded again.
 * Refuses with notInThisState.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 */
export async function discardPaymentSheet(ctx: Ctx, ref: SheetRef): Promise<Result<null, SheetRefusal>> {
  return inTransaction<null, SheetRefusal>(ctx, async (tx) => {
    const sheet = await lockSheet(tx, ctx, ref);
    authorize(ctx.actor, "payment:import", governedSheet(sheet, ctx));
    const state = nextState(sheet.state, "discard");
    if (!state) return refuse({ code: "notInThisState" });
    await moveSheet(tx, sheet, { state });
    await record(tx, ctx, {
      action: "payment:import",
      event: "paymentSheetDiscarded",
      object: { type: "paymentSheet", id: sheet.id, regionId: sheet.regionId },
      before: sheet,
      after: { state },
      payload: { fileName: sheet.fileName },
    });
    return accept(null);
  });
}
