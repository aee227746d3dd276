import { index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";

import { BULLETIN_STATES, type BulletinState } from "../../app/kernel/vocabulary";
import { oneOf } from "../checks";
import { id, instant, localDateColumn, regionId, version } from "../columns";
import { assessmentPeriods } from "./assessment";
import { files } from "./platform";

/** Last number given per series and year: raised under a row lock, so numbers have no gaps. */
export const bulletinSequences = pgTable(
  "bulletin_sequences",
  {
    regionId: regionId(),
    series: text("series").notNull(),
    year: integer("year").notNull(),
    last: integer("last").notNull(),
  },
  (t) => [primaryKey({ columns: [t.regionId, t.series, t.year] })],
);

/** A bulletin (通报). Its content comes from a frozen period; signing numbers it and makes it write-once. */
export const bulletins = pgTable(
  "bulletins",
  {
    id: id(),
    regionId: regionId(),
    periodId: uuid("period_id")
      .notNull()
      .references(() => assessmentPeriods.id),
    series: text("series").notNull(),
    edition: integer("edition").notNull(),
    state: text("state").$type<BulletinState>().notNull(),
    title: text("title").notNull(),
    content: jsonb("content").$type<unknown>().notNull(),
    contentHash: text("content_hash").notNull(),
    year: integer("year"),
    sequence: integer("sequence"),
    number: text("number"),
    draftedBy: text("drafted_by").notNull(),
    draftedAt: instant("drafted_at").notNull(),
    signedBy: text("signed_by"),
    signedOn: localDateColumn("signed_on"),
    publishedAt: instant("published_at"),
    pdfFileId: uuid("pdf_file_id").references(() => files.id),
    version: version(),
  },
  (t) => [
    oneOf("bulletins_state_check", t.state, BULLETIN_STATES),
    unique("bulletins_edition_key").on(t.regionId, t.periodId, t.series, t.edition),
    unique("bulletins_number_key").on(t.regionId, t.series, t.year, t.sequence),
    index("bulletins_list_idx").on(t.regionId, t.state, t.publishedAt),
  ],
);

/** Who opened a published bulletin, once per person. */
export const readReceipts = pgTable(
  "read_receipts",
  {
    bulletinId: uuid("bulletin_id")
      .notNull()
      .references(() => bulletins.id),
    userId: text("user_id").notNull(),
    regionId: regionId(),
    readAt: instant("read_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.bulletinId, t.userId] })],
);

/** A leader's instruction (批示) on a bulletin; each becomes a supervised item. */
export const instructions = pgTable(
  "instructions",
  {
    id: id(),
    bulletinId: uuid("bulletin_id")
      .notNull()
      .references(() => bulletins.id),
    regionId: regionId(),
    leaderId: text("leader_id").notNull(),
    text: text("text").notNull(),
    givenAt: instant("given_at").notNull(),
    itemId: uuid("item_id"),
  },
  (t) => [index("instructions_bulletin_idx").on(t.bulletinId)],
);
