import { boolean, index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";

import {
  CHANNEL_KINDS,
  ROBOT_BRANDS,
  SENDING_STATES,
  type ChannelKind,
  type RobotBrand,
  type SendingState,
} from "../../app/kernel/vocabulary";
import { oneOf } from "../checks";

import { id, instant, regionId, version } from "../columns";
import { units } from "./identity";

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

/** A host to which messages may leave (出站白名单), kept by the security administrator. */
export const outgoingHosts = pgTable(
  "outgoing_hosts",
  {
    id: id(),
    regionId: regionId(),
    /** host, and port when it is not the usual one */
    host: text("host").notNull(),
    note: text("note").notNull().default(""),
    addedBy: text("added_by").notNull(),
    addedAt: instant("added_at").notNull(),
    removedAt: instant("removed_at"),
    version: version(),
  },
  (t) => [unique("outgoing_hosts_key").on(t.regionId, t.host)],
);

/** A robot of a chat group (钉钉、企业微信): the group of a unit, or of the region's bureau. */
export const robots = pgTable(
  "robots",
  {
    id: id(),
    regionId: regionId(),
    /** whose group it is; null: the region's own, told of everything that is urged */
    unitId: uuid("unit_id").references(() => units.id),
    name: text("name").notNull(),
    brand: text("brand").$type<RobotBrand>().notNull(),
    url: text("url").notNull(),
    /** the signing secret; empty where the brand has none */
    secret: text("secret").notNull().default(""),
    enabled: boolean("enabled").notNull(),
    version: version(),
  },
  (t) => [
    oneOf("robots_brand_check", t.brand, ROBOT_BRANDS),
    unique("robots_name_key").on(t.regionId, t.name),
    index("robots_unit_idx").on(t.regionId, t.unitId),
  ],
);

/**
 * A message on its way out of the house, and the log of what was sent. Written in the transaction of what it tells of,
 * sent afterwards; the same occasion reaches an address once.
 */
export const sendings = pgTable(
  "sendings",
  {
    id: id(),
    regionId: regionId(),
    kind: text("kind").$type<ChannelKind>().notNull(),
    robotId: uuid("robot_id").references(() => robots.id),
    userId: text("user_id"),
    /** the mail address or the robot's name, as it was */
    address: text("address").notNull(),
    subject: text("subject").notNull(),
    body: text("body").notNull(),
    occasion: text("occasion").notNull(),
    state: text("state").$type<SendingState>().notNull(),
    attempts: integer("attempts").notNull().default(0),
    createdAt: instant("created_at").notNull(),
    nextAttemptAt: instant("next_attempt_at").notNull(),
    leasedUntil: instant("leased_until"),
    sentAt: instant("sent_at"),
    /** sendings that left as one message share it */
    batchId: uuid("batch_id"),
    lastError: text("last_error"),
  },
  (t) => [
    oneOf("sendings_kind_check", t.kind, CHANNEL_KINDS),
    oneOf("sendings_state_check", t.state, SENDING_STATES),
    unique("sendings_occasion_key").on(t.kind, t.address, t.occasion),
    index("sendings_due_idx").on(t.state, t.nextAttemptAt),
    index("sendings_list_idx").on(t.regionId, t.createdAt),
  ],
);
