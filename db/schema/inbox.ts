import { index, pgTable, text } from "drizzle-orm/pg-core";

import { id, instant, regionId } from "../columns";

/** A message to one person. */
export const messages = pgTable(
  "messages",
  {
    id: id(),
    regionId: regionId(),
    userId: text("user_id").notNull(),
    title: text("title").notNull(),
    href: text("href").notNull(),
    createdAt: instant("created_at").notNull(),
    readAt: instant("read_at"),
  },
  (t) => [index("messages_user_idx").on(t.userId, t.readAt, t.createdAt)],
);
