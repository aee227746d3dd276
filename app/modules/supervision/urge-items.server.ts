import { asc, inArray, sql } from "drizzle-orm";

import { supervisionItems } from "@db/schema";
import { accept, notFound, type Result } from "~/kernel/result";
import { inTransaction, recordAll, type Ctx } from "~/platform/transaction.server";
import { authorize, visible } from "~/policy";

import { SUPERVISION_EVENT_FACTS } from "./supervision.lifecycle";
import { decideSupervision } from "./supervision.rules";
import { tellUrged } from "./tell-urged.server";
import { urgedOn } from "./urged.server";

/**
 * Urges the units of many items at once (批量催办). Items that are not with their unit any more, or were urged today, are
 * passed over; it is for what stands on a list, so no version is asked for.
 * @returns how many were urged, and how many of those asked for were passed over
 * @throws DomainError notFound when one of them is out of sight, forbidden
 * @source domain.md §8
 */
export async function urgeItems(
  ctx: Ctx,
  itemIds: readonly string[],
): Promise<Result<{ urged: number; passed: number }>> {
  return inTransaction(ctx, async (tx) => {
    const wanted = [...new Set(itemIds)];
    const items = await tx
      .select()
      .from(supervisionItems)
      .where(inArray(supervisionItems.id, wanted))
      .orderBy(asc(supervisionItems.id))
      .for("update");
    if (items.length < wanted.length) throw notFound("supervisionItem");
    for (const item of items) {
      visible(ctx.actor, "supervision:read", item, "supervisionItem");
      authorize(ctx.actor, "supervision:urge", item);
    }
    const already = await urgedOn(tx, wanted, ctx.today);
    const due = items.filter(
      ({ id, state }) => !already.has(id) && decideSupervision(state, "urge", ["notUrgedToday"]).ok,
    );
    if (due.length === 0) return accept({ urged: 0, passed: items.length });
    const after = await tx
      .update(supervisionItems)
      .set({ state: "urged", version: sql`${supervisionItems.version} + 1` })
      .where(
        inArray(
          supervisionItems.id,
          due.map(({ id }) => id),
        ),
      )
      .returning();
    const afterOf = new Map(after.map((item) => [item.id, item]));
    await recordAll(
      tx,
      ctx,
      due.map((before) => ({
        action: "supervision:urge",
        event: SUPERVISION_EVENT_FACTS.urge,
        object: { type: "supervisionItem", id: before.id, regionId: before.regionId },
        before,
        after: afterOf.get(before.id),
        payload: { number: before.number, title: before.title, unitId: before.unitId },
      })),
    );
    for (const regionId of new Set(due.map((item) => item.regionId))) {
      await tellUrged(
        tx,
        ctx,
        due.filter((item) => item.regionId === regionId),
      );
    }
    return accept({ urged: due.length, passed: items.length - due.length });
  });
}
