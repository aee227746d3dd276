import { and, asc, eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { resources } from "@db/schema";
import { DomainError } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import { announcePublished } from "./publish-resource.server";
import { stepWithin } from "./take-resource-step.server";

/**
 * Publishes what a project's unit registered and the bureau has not published yet, each entry by the rules of publishing
 * one: with code, first edition and update clock. Part of the act that passes the final acceptance; what still is a draft
 * of its unit stays one.
 * @throws DomainError forbidden without the permission to publish, or when the actor registered an entry: two approvals
 * need two people
 * @source domain.md §2, §4
 */
export async function publishProjectEntries(tx: Transaction, ctx: Ctx, projectId: string): Promise<void> {
  const registered = await tx
    .select({ id: resources.id, version: resources.version })
    .from(resources)
    .where(and(eq(resources.projectId, projectId), eq(resources.state, "registered")))
    .orderBy(asc(resources.id))
    .for("update");
  for (const ref of registered) {
    const published = await stepWithin(tx, ctx, ref, { event: "publish", afterwards: announcePublished(ctx) });
    if (!published.ok) throw new DomainError("forbidden", "catalog:publish");
  }
}
