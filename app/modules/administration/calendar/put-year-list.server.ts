import { inArray } from "drizzle-orm";

import { calendarDays } from "@db/schema";
import { accept, conflict, type Result } from "~/kernel/result";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { basisOf, lockCalendar, nationalDays } from "./load-lists.server";
import { decideYearList, judgeYearList, replacedBy, type ListDay, type YearListRefusal } from "./year-list.rules";

/** A list with the document it stands in, and what it was compared with when a person looked at it. */
export interface YearListInput {
  readonly days: readonly ListDay[];
  readonly source: string;
  readonly reason: string;
  readonly basis: string;
}

/**
 * Puts the country's list of a year in force, in the place of the one that stood. Limits that run keep their last days:
 * those are stored.
 * Refuses with what the rules say of the list, sourceTaken, nothingNew, reasonMissing.
 * @throws DomainError forbidden; conflict when the year's list changed after it was compared with
 * @source the State Council's yearly notice on holidays; domain.md §7
 */
export async function putYearList(
  ctx: Ctx,
  { days, source, reason, basis }: YearListInput,
): Promise<Result<{ year: number }, YearListRefusal>> {
  return inTransaction<{ year: number }, YearListRefusal>(ctx, async (tx) => {
    const { regionId, unitId, userId } = ctx.actor;
    authorize(ctx.actor, "admin:system", { regionId, unitId });
    await lockCalendar(tx);
    const listed = await nationalDays(tx);
    const judged = judgeYearList(days, ctx.today);
    if (!judged.ok) return judged;
    const { year } = judged.value;
    if (basisOf(year, days, listed) !== basis) throw conflict("calendarList");
    const decided = decideYearList({ year, days, source, reason }, listed);
    if (!decided.ok) return decided;

    const before = replacedBy(year, days, listed);
    const ids = before.map(({ id }) => id);
    if (ids.length > 0) await tx.delete(calendarDays).where(inArray(calendarDays.id, ids));
    const entered = { source, enteredBy: userId, enteredAt: ctx.now };
    await tx.insert(calendarDays).values(days.map((day) => ({ id: newId(), ...day, ...entered })));
    await record(tx, ctx, {
      action: "admin:system",
      event: "calendarListPut",
      object: { type: "calendarList", id: newId(), regionId },
      before,
      after: days,
      ...(reason && { reason }),
      payload: { year, source, days: days.length, changes: decided.value.length, replaced: before.length > 0 },
    });
    return accept({ year });
  });
}
