import { index, integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";

import {
  SLIP_COLOURS,
  SUPERVISION_ORIGINS,
  SUPERVISION_STATES,
  type SlipColour,
  type SupervisionOrigin,
  type SupervisionState,
} from "../../app/kernel/vocabulary";
import { oneOf } from "../checks";
import { id, instant, localDateColumn, regionId, version } from "../columns";
import { units } from "./identity";

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
    colour: text("colour").$type<SlipColour>().notNull().default("none"),
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
    oneOf("supervision_items_colour_check", t.colour, SLIP_COLOURS),
    unique("supervision_items_number_key").on(t.regionId, t.number),
    index("supervision_items_unit_idx").on(t.regionId, t.unitId, t.state),
    index("supervision_items_due_idx").on(t.closedAt, t.dueOn),
  ],
);

/** Last item number given per region and year. */
export const supervisionSequences = pgTable(
  "supervision_sequences",
  { regionId: regionId(), year: integer("year").notNull(), last: integer("last").notNull() },
  (t) => [primaryKey({ columns: [t.regionId, t.year] })],
);
