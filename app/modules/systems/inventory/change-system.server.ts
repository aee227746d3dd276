import { and, eq, sql } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { systems } from "@db/schema";
import { conflict } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";
import { visible } from "~/policy";

type System = typeof systems.$inferSelect;

/** Loads and locks a system that the actor sees. @throws DomainError notFound */
export async function holdSystem(tx: Transaction, { actor }: Pick<Ctx, "actor">, id: string): Promise<System> {
  const [row] = await tx.select().from(systems).where(eq(systems.id, id)).for("update");
  return visible(actor, "system:read", row, "system");
}

/** Is it still as its page or form showed it? @throws DomainError conflict */
export function checkVersion(system: System, version: number): void {
  if (system.version !== version) throw conflict("system");
}

/** Writes a system that is held, one version further. @throws DomainError conflict */
export async function writeSystem(
  tx: Transaction,
  ctx: Pick<Ctx, "now">,
  { id, version }: System,
  set: Partial<typeof systems.$inferInsert>,
): Promise<System> {
  const [after] = await tx
    .update(systems)
    .set({ ...set, updatedAt: ctx.now, version: sql`${systems.version} + 1` })
    .where(and(eq(systems.id, id), eq(systems.version, version)))
    .returning();
  if (!after) throw conflict("system");
  return after;
}
