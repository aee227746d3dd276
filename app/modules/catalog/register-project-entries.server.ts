import { and, eq, sql } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { resources } from "@db/schema";
import type { Ctx } from "~/platform/transaction.server";

import { registerFilingDemands } from "./demand/register-filing-demands.server";

/**
 * The unit's half of the two approvals: when the unit's leader signs a filing, its draft resources become registered and
 * its demands are applied for. Part of the signature's transaction, which authorizes and records.
 * @source domain.md §4
 */
export async function registerProjectEntries(
  tx: Transaction,
  ctx: Ctx,
  project: { readonly id: string; readonly regionId: string },
): Promise<void> {
  await tx
    .update(resources)
    .set({
      state: "registered",
      registeredBy: ctx.actor.userId,
      stateReason: null,
      stateChangedOn: ctx.today,
      version: sql`${resources.version} + 1`,
    })
    .where(and(eq(resources.projectId, project.id), eq(resources.state, "draft")));
  await registerFilingDemands(tx, ctx, project);
}
