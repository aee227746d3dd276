import { and, count, desc, eq, isNull } from "drizzle-orm";

import type { Database } from "@db/client";
import { messages } from "@db/schema";
import { notFound } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

const SHOWN = 10;

const unread = (userId: string) => and(eq(messages.userId, userId), isNull(messages.readAt));

/** The newest unread messages of a person, and how many there are. */
export async function unreadMessages(db: Database, userId: string) {
  const [rows, [total]] = await Promise.all([
    db
      .select({ id: messages.id, title: messages.title, createdAt: messages.createdAt })
      .from(messages)
      .where(unread(userId))
      .orderBy(desc(messages.createdAt), desc(messages.id))
      .limit(SHOWN),
    db.select({ n: count() }).from(messages).where(unread(userId)),
  ]);
  return { rows, total: total?.n ?? 0 };
}

/** Opens one of the actor's messages: it is read from now on. @returns where it leads @throws DomainError notFound */
export async function openMessage(ctx: Ctx, messageId: string): Promise<string> {
  const mine = and(eq(messages.id, messageId), eq(messages.userId, ctx.actor.userId));
  const [row] = await ctx.db.select({ href: messages.href }).from(messages).where(mine);
  if (!row) throw notFound("message");
  await ctx.db
    .update(messages)
    .set({ readAt: ctx.now })
    .where(and(mine, isNull(messages.readAt)));
  return row.href;
}

/** Marks all of the actor's messages as read. */
export async function readAllMessages(ctx: Ctx): Promise<void> {
  await ctx.db.update(messages).set({ readAt: ctx.now }).where(unread(ctx.actor.userId));
}
