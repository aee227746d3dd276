import { and, eq } from "drizzle-orm";

import { inventoryConfirmations, units } from "@db/schema";
import { accept, conflict, refuse, type Result } from "~/kernel/result";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, visible } from "~/policy";

import { decideConfirmation, type ConfirmCode } from "./inventory.rules";
import type { ConfirmInput } from "./inventory.schema";
import { entryOf, holdListedSystems, listDigest } from "./signed-list.server";

/**
 * A unit's leader signs that the unit's list of systems is complete and true, once a year. What was signed is kept, entry
 * by entry, so that later changes show.
 * Refuses with the codes of decideConfirmation.
 * @throws DomainError notFound, forbidden; conflict when the list is no longer the one that was shown
 * @source domain.md §6
 */
export async function confirmInventory(
  ctx: Ctx,
  unitId: string,
  { seen, statement }: ConfirmInput,
): Promise<Result<null, ConfirmCode>> {
  return inTransaction<null, ConfirmCode>(ctx, async (tx) => {
    const [found] = await tx
      .select({ unitId: units.id, regionId: units.regionId, name: units.name })
      .from(units)
      .where(eq(units.id, unitId));
    const unit = visible(ctx.actor, "system:read", found, "unit");
    authorize(ctx.actor, "inventory:confirm", unit);
    const year = Number(ctx.today.slice(0, 4));
    const list = await holdListedSystems(tx, unitId);
    const ofYear = and(eq(inventoryConfirmations.unitId, unitId), eq(inventoryConfirmations.year, year));
    const confirmed = (await tx.$count(inventoryConfirmations, ofYear)) > 0;
    const decided = decideConfirmation({ confirmed, systems: list });
    if (!decided.ok) return decided;
    if (listDigest(list) !== seen) throw conflict("inventory");

    const confirmation = {
      id: newId(),
      regionId: unit.regionId,
      unitId,
      year,
      systemCount: list.length,
      signedList: list.map(entryOf),
      statement,
      confirmedBy: ctx.actor.userId,
      confirmedAt: ctx.now,
    };
    const written = await tx
      .insert(inventoryConfirmations)
      .values(confirmation)
      .onConflictDoNothing()
      .returning({ id: inventoryConfirmations.id });
    if (written.length === 0) return refuse({ code: "alreadyConfirmed" });
    await record(tx, ctx, {
      action: "inventory:confirm",
      event: "inventoryConfirmed",
      object: { type: "inventoryConfirmation", id: confirmation.id, regionId: unit.regionId },
      after: confirmation,
      payload: { unitId, unitName: unit.name, year, systemCount: list.length },
    });
    return accept(null);
  });
}
