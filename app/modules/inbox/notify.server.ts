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
export interface Sender {
  readonly actor: Pick<Ctx["actor"], "regionId">;
  readonly now: Date;
}

/** Rows of one INSERT: PostgreSQL takes 65,535 parameters. */
const AT_ONCE = 1_000;

/** Puts one message into each person's inbox, in the transaction of the change it tells of; nobody is told twice. */
export async function notify(tx: Transaction, sender: Sender, notice: Notice): Promise<void> {
  await notifyAll(tx, sender, [notice]);
}

/** The same for many messages: one statement for a thousand of them. */
export async function notifyAll(tx: Transaction, sender: Sender, notices: readonly Notice[]): Promise<void> {
  const rows = notices.flatMap(({ userIds, title, href, occasion = null }) =>
    [...new Set(userIds)].map((userId) => ({
      id: newId(),
      regionId: sender.actor.regionId,
      userId,
      title,
      href,
      createdAt: sender.now,
      occasion,
    })),
  );
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    await tx
      .insert(messages)
      .values(rows.slice(from, from + AT_ONCE))
      .onConflictDoNothing({ target: [messages.userId, messages.occasion] });
  }
}
