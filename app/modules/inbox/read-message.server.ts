import { and, eq, isNull } from "drizzle-orm";

import { messages } from "@db/schema";
import { notFound } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

/** Marks one of the actor's messages as read; once read it stays as it was. @throws DomainError notFound */
export async function readMessage(ctx: Ctx, messageId: string): Promise<void> {
  const mine = and(eq(messages.id, messageId), eq(messages.userId, ctx.actor.userId));
  if ((await ctx.db.$count(messages, mine)) === 0) throw notFound("message");
  await ctx.db
    .update(messages)
    .set({ readAt: ctx.now })
    .where(and(mine, isNull(messages.readAt)));
}
