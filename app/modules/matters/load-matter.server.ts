import { and, eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { serviceMatters } from "@db/schema";
import { conflict } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";
import { authorize, visible } from "~/policy";

export type Matter = typeof serviceMatters.$inferSelect;

/** Which matter, and the version the page showed. */
export interface MatterRef {
  readonly id: string;
  readonly version: number;
}

/**
 * Locks a matter that the actor may edit, at the version that was shown.
 * @throws DomainError notFound, forbidden, conflict
 */
export async function holdMatter(tx: Transaction, ctx: Ctx, { id, version }: MatterRef): Promise<Matter> {
  const [found] = await tx.select().from(serviceMatters).where(eq(serviceMatters.id, id)).for("update");
  const matter = visible(ctx.actor, "matter:read", found, "matter");
  authorize(ctx.actor, "matter:edit", matter);
  if (matter.version !== version) throw conflict("matter");
  return matter;
}

/** Writes what changes of a matter that is held, with who did it and when; the version goes up even when nothing else does. */
export async function touchMatter(
  tx: Transaction,
  ctx: Ctx,
  { id, version }: MatterRef,
  set: Partial<Matter> = {},
): Promise<Matter> {
  const [after] = await tx
    .update(serviceMatters)
    .set({ ...set, updatedBy: ctx.actor.userId, updatedAt: ctx.now, version: version + 1 })
    .where(and(eq(serviceMatters.id, id), eq(serviceMatters.version, version)))
    .returning();
  if (!after) throw conflict("matter");
  return after;
}

/** What every event of a matter tells. */
export const matterFacts = ({ unitId, code, name }: Matter) => ({ unitId, code, name });
