import { readReceipts } from "@db/schema";
import type { Ctx } from "~/platform/transaction.server";

import type { Bulletin } from "./load-bulletin.server";

/** Notes that the actor opened a published bulletin, the first time they do. */
export async function markRead(ctx: Ctx, bulletin: Pick<Bulletin, "id" | "state" | "regionId">): Promise<void> {
  if (bulletin.state !== "published") return;
  await ctx.db
    .insert(readReceipts)
    .values({ bulletinId: bulletin.id, userId: ctx.actor.userId, regionId: bulletin.regionId, readAt: ctx.now })
    .onConflictDoNothing();
}
