import { and, eq, isNull } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { demands, resources } from "@db/schema";
import type { Ctx } from "~/platform/transaction.server";

/**
 * The unit's half of the two approvals: when the unit's leader signs a filing, its draft resources become registered and
 * its demands are applied for. Part of the signature's transaction, which authorizes and records.
 * @source domain.md §4
 */
export async function registerProjectEntries(tx: Transaction, ctx: Ctx, projectId: string): Promise<void> {
  await tx
    .update(resources)
    .set({ state: "registered", registeredBy: ctx.actor.userId })
    .where(and(eq(resources.projectId, projectId), eq(resources.state, "draft")));
  await tx
    .update(demands)
    .set({ appliedAt: ctx.now, state: "unitReviewed" })
    .where(and(eq(demands.projectId, projectId), isNull(demands.appliedAt)));
}
