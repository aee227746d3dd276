import type { Transaction } from "@db/client";
import { messages } from "@db/schema";
import { newId } from "~/platform/ids.server";
import type { Ctx } from "~/platform/transaction.server";

export interface Notice {
  readonly userIds: readonly string[];
  /** the whole message: what is to be done with what */
  readonly title: string;
  /** where to do it */
  readonly href: string;
  /** names what a clock reminds of: a person who was told of it is not told again */
  readonly occasion?: string;
}

/** Whose region the message belongs to, and when it is sent: a verb's context, or a clock. */
interface Sender {
  readonly actor: Pick<Ctx["actor"], "regionId">;
  readonly now: Date;
}

/** Puts one message into each person's inbox, in the transaction of the change it tells of; nobody is told twice. */
export async function notify(tx: Transaction, ctx: Sender, notice: Notice): Promise<void> {
  const people = [...new Set(notice.userIds)];
  if (people.length === 0) return;
  await tx
    .insert(messages)
    .values(
      people.map((userId) => ({
        id: newId(),
        regionId: ctx.actor.regionId,
        userId,
        title: notice.title,
        href: notice.href,
        createdAt: ctx.now,
        occasion: notice.occasion ?? null,
      })),
    )
    .onConflictDoNothing({ target: [messages.userId, messages.occasion] });
}
