import { and, eq } from "drizzle-orm";

import { messages } from "@db/schema";
import { notFound } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import { readMessage } from "./read-message.server";

/** Opens one of the actor's messages: it is read from now on. @returns where it leads @throws DomainError notFound */
export async function openMessage(ctx: Ctx, messageId: string): Promise<string> {
  await readMessage(ctx, messageId);
  const [row] = await ctx.db
    .select({ href: messages.href })
    .from(messages)
    .where(and(eq(messages.id, messageId), eq(messages.userId, ctx.actor.userId)));
  if (!row) throw notFound("message");
  return row.href;
}
