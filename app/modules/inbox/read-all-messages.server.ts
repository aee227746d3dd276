import { and, eq, isNull } from "drizzle-orm";

import { messages } from "@db/schema";
import type { Ctx } from "~/platform/transaction.server";

/** Marks all of the actor's messages as read. */
export async function readAllMessages(ctx: Ctx): Promise<void> {
  await ctx.db
    .update(messages)
    .set({ readAt: ctx.now })
    .where(and(eq(messages.userId, ctx.actor.userId), isNull(messages.readAt)));
}
