import { index, pgTable, text, unique } from "drizzle-orm/pg-core";

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
    /** names the occasion of a message that a clock sends, so that a person gets it once */
    occasion: text("occasion"),
  },
  (t) => [
    unique("messages_occasion_key").on(t.userId, t.occasion),
    index("messages_user_idx").on(t.userId, t.readAt, t.createdAt),
  ],
);
