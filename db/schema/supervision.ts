import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";

import {
  ISSUED_COLOURS,
  SUPERVISION_ORIGINS,
  SUPERVISION_PAPERS,
  SUPERVISION_STATES,
  TALK_STATES,
  type IssuedColour,
  type SupervisionOrigin,
  type SupervisionPaper,
  type SupervisionState,
  type TalkState,
} from "../../app/kernel/vocabulary";
import { oneOf } from "../checks";
import { id, instant, localDateColumn, regionId, version } from "../columns";
import { units } from "./identity";
import { files } from "./platform";

/** A supervised item (督办事项): its number stays for life, also when it is reopened. */
export const supervisionItems = pgTable(
  "supervision_items",
  {
    id: id(),
    regionId: regionId(),
    number: text("number").notNull(),
    origin: text("origin").$type<SupervisionOrigin>().notNull(),
    originId: uuid("origin_id"),
    unitId: uuid("unit_id")
      .notNull()
      .references(() => units.id),
    title: text("title").notNull(),
    requirement: text("requirement").notNull(),
    state: text("state").$type<SupervisionState>().notNull(),
    registeredOn: localDateColumn("registered_on").notNull(),
    dueOn: localDateColumn("due_on").notNull(),
    reply: text("reply"),
    repliedAt: instant("replied_at"),
    verifiedBy: text("verified_by"),
    closedAt: instant("closed_at"),
    reopenedCount: integer("reopened_count").notNull().default(0),
    version: version(),
  },
  (t) => [
    oneOf("supervision_items_origin_check", t.origin, SUPERVISION_ORIGINS),
    oneOf("supervision_items_state_check", t.state, SUPERVISION_STATES),
    unique("supervision_items_number_key").on(t.regionId, t.number),
    index("supervision_items_unit_idx").on(t.regionId, t.unitId, t.state),
    index("supervision_items_due_idx").on(t.closedAt, t.dueOn),
  ],
);

/** Last number given of a series (items, slips, talks) per region and year. */
export const supervisionSequences = pgTable(
  "supervision_sequences",
  {
    regionId: regionId(),
    series: text("series").$type<"item" | "slip" | "talk">().notNull().default("item"),
    year: integer("year").notNull(),
    last: integer("last").notNull(),
  },
  (t) => [primaryKey({ columns: [t.regionId, t.series, t.year] })],
);

/**
 * A slip (督办单) that was issued when a limit passed: once for each colour, as long as the item runs; again when it was
 * reopened. A fact of the clock, never updated.
 */
export const supervisionSlips = pgTable(
  "supervision_slips",
  {
    id: id(),
    regionId: regionId(),
    itemId: uuid("item_id")
      .notNull()
      .references(() => supervisionItems.id),
    unitId: uuid("unit_id")
      .notNull()
      .references(() => units.id),
    /** how often the item had been reopened */
    round: integer("round").notNull(),
    colour: text("colour").$type<IssuedColour>().notNull(),
    number: text("number").notNull(),
    issuedOn: localDateColumn("issued_on").notNull(),
    /** the limit it speaks of */
    dueOn: localDateColumn("due_on").notNull(),
  },
  (t) => [
    oneOf("supervision_slips_colour_check", t.colour, ISSUED_COLOURS),
    unique("supervision_slips_key").on(t.itemId, t.round, t.colour),
    unique("supervision_slips_number_key").on(t.regionId, t.number),
    index("supervision_slips_unit_idx").on(t.unitId, t.issuedOn),
    index("supervision_slips_list_idx").on(t.regionId, t.issuedOn),
  ],
);

/** 约谈 of a unit's leader after several red slips in a row. */
export const supervisionTalks = pgTable(
  "supervision_talks",
  {
    id: id(),
    regionId: regionId(),
    unitId: uuid("unit_id")
      .notNull()
      .references(() => units.id),
    number: text("number").notNull(),
    state: text("state").$type<TalkState>().notNull(),
    calledOn: localDateColumn("called_on").notNull(),
    dueOn: localDateColumn("due_on").notNull(),
    /** the red slips that led to it, oldest first */
    slipIds: uuid("slip_ids").array().notNull(),
    heldOn: localDateColumn("held_on"),
    /** who talked and who was talked to */
    attendees: text("attendees"),
    conclusion: text("conclusion"),
    heldBy: text("held_by"),
    version: version(),
  },
  (t) => [
    oneOf("supervision_talks_state_check", t.state, TALK_STATES),
    unique("supervision_talks_number_key").on(t.regionId, t.number),
    index("supervision_talks_unit_idx").on(t.unitId, t.calledOn),
  ],
);

/** A file of a supervised item or of a talk. */
export const supervisionPapers = pgTable(
  "supervision_papers",
  {
    id: id(),
    regionId: regionId(),
    itemId: uuid("item_id").references(() => supervisionItems.id),
    talkId: uuid("talk_id").references(() => supervisionTalks.id),
    purpose: text("purpose").$type<SupervisionPaper>().notNull(),
    round: integer("round").notNull().default(0),
    fileId: uuid("file_id")
      .notNull()
      .references(() => files.id),
    addedBy: text("added_by").notNull(),
    addedAt: instant("added_at").notNull(),
  },
  (t) => [
    oneOf("supervision_papers_purpose_check", t.purpose, SUPERVISION_PAPERS),
    check("supervision_papers_owner_check", sql`num_nonnulls(${t.itemId}, ${t.talkId}) = 1`),
    index("supervision_papers_item_idx").on(t.itemId),
    index("supervision_papers_talk_idx").on(t.talkId),
  ],
);
