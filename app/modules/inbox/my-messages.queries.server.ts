import { and, count, desc, eq, ilike, isNull } from "drizzle-orm";

import type { Database } from "@db/client";
import { messages } from "@db/schema";
import { contains } from "~/platform/like.server";
import { countAll, pageOf } from "~/platform/paging.server";

const SHOWN = 10;
const PAGE_SIZE = 50;

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

/** What the list can be asked; everything is in the address. */
export interface MessageQuery {
  readonly q: string;
  readonly unread: boolean;
  readonly page: number;
}

/** Reads the question from an address; what is unknown is ignored, never an error. */
export function readMessageQuery(params: URLSearchParams): MessageQuery {
  const page = Number(params.get("page"));
  return {
    q: (params.get("q") ?? "").trim().slice(0, 100),
    unread: params.get("state") === "unread",
    page: Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1,
  };
}

/** One page of a person's messages, the newest first, and how many of them are unread whatever is asked for. */
export async function listMyMessages(db: Database, userId: string, query: MessageQuery) {
  const where = and(
    eq(messages.userId, userId),
    query.unread ? isNull(messages.readAt) : undefined,
    query.q ? ilike(messages.title, contains(query.q)) : undefined,
  );
  const [rows, unreadCount] = await Promise.all([
    db
      .select({
        id: messages.id,
        title: messages.title,
        createdAt: messages.createdAt,
        readAt: messages.readAt,
        total: countAll(messages, where),
      })
      .from(messages)
      .where(where)
      .orderBy(desc(messages.createdAt), desc(messages.id))
      .limit(PAGE_SIZE)
      .offset((query.page - 1) * PAGE_SIZE),
    db.$count(messages, unread(userId)),
  ]);
  return {
    ...(await pageOf(db, rows, { table: messages, where, page: query.page })),
    unreadCount,
    pageSize: PAGE_SIZE,
  };
}
