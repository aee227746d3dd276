import { accept, type Result } from "~/kernel/result";
import type { LocalDate } from "~/kernel/local-date";
import { businessTime, setDemonstrationToday } from "~/platform/installation.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { decideMoveToday, type MoveTodayRefusalCode } from "./demonstration.rules";

/**
 * Moves the demonstration's today forward. The daily jobs are then run by the page, as a new morning would.
 * Refuses with notADemonstration, backwards, tooFar.
 */
export async function moveToday(ctx: Ctx, to: LocalDate): Promise<Result<null, MoveTodayRefusalCode>> {
  const { demonstration, today } = await businessTime(ctx.db);
  return inTransaction(ctx, async (tx) => {
    const { regionId, unitId } = ctx.actor;
    authorize(ctx.actor, "admin:system", { regionId, unitId });
    const decided = decideMoveToday({ demonstration, today }, to);
    if (!decided.ok) return decided;
    await setDemonstrationToday(tx, decided.value);
    await record(tx, ctx, {
      action: "admin:system",
      event: "demonstrationDayMoved",
      object: { type: "region", id: regionId, regionId },
      before: { today },
      after: { today: to },
    });
    return accept(null);
  });
}
