import { and, eq } from "drizzle-orm";

import { coordinationMatters } from "@db/schema";
import { accept, type Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { CoordinationRefusal } from "./coordination.refusals";
import { takeStep } from "./take-step.server";
import { tellMatterUnit } from "./tell.server";

/**
 * The supervised item that a matter became is closed: the matter is settled by whoever closed it. A matter that ended
 * meanwhile stays as it is, so that hearing of it twice changes nothing.
 * @throws DomainError conflict when somebody works on the matter at this moment
 * @source domain.md §7, §8
 */
export async function finishMatter(ctx: Ctx, itemId: string): Promise<Result<null, CoordinationRefusal>> {
  const [matter] = await ctx.db
    .select({ id: coordinationMatters.id, version: coordinationMatters.version })
    .from(coordinationMatters)
    .where(and(eq(coordinationMatters.itemId, itemId), eq(coordinationMatters.state, "itemised")));
  if (!matter) return accept(null);
  return takeStep(ctx, matter, {
    event: "finish",
    prepare: () => Promise.resolve(accept({ endedOn: ctx.today })),
    afterwards: (tx, after) => tellMatterUnit(tx, ctx, after, "需协调事项随督办销号解决"),
  });
}
