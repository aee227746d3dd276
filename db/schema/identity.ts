import { boolean, index, integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";

import { ROLES, type Role } from "../../app/kernel/actor";
import { UNIT_GROUPS, type UnitGroup } from "../../app/kernel/vocabulary";
import { oneOf } from "../checks";
import { id, instant, localDateColumn, regionId, version } from "../columns";

/** A unit (单位). `name` is today's; the names of other days are in unit_names. */
export const units = pgTable(
  "units",
  {
    id: id(),
    regionId: regionId(),
    parentId: uuid("parent_id"),
    code: text("code").notNull(),
    creditCode: text("credit_code"),
    name: text("name").notNull(),
    initials: text("initials").notNull(),
    group: text("group").$type<UnitGroup>().notNull(),
    /** an operating company or centre (运营方), not a department */
    isOperator: boolean("is_operator").notNull().default(false),
    /** takes part in the assessment */
    assessed: boolean("assessed").notNull().default(true),
    /** public security, state security and the like: its systems are out of the cloud scope */
    cloudExempt: boolean("cloud_exempt").notNull().default(false),
    position: integer("position").notNull(),
    closedOn: localDateColumn("closed_on"),
    version: version(),
  },
  (t) => [
    oneOf("units_group_check", t.group, UNIT_GROUPS),
    unique("units_code_key").on(t.regionId, t.code),
    index("units_region_idx").on(t.regionId, t.group, t.position),
  ],
);

/** What a unit was called from when to when: documents keep the name of their day. */
export const unitNames = pgTable(
  "unit_names",
  {
    unitId: uuid("unit_id")
      .notNull()
      .references(() => units.id),
    name: text("name").notNull(),
    fromOn: localDateColumn("from_on").notNull(),
    toOn: localDateColumn("to_on"),
  },
  (t) => [primaryKey({ columns: [t.unitId, t.fromOn] })],
);

/** Named groups that plans use instead of listing units (市直各部门, 各县(市、区)政府). */
export const unitCollections = pgTable(
  "unit_collections",
  { id: id(), regionId: regionId(), name: text("name").notNull() },
  (t) => [unique("unit_collections_name_key").on(t.regionId, t.name)],
);

/** Membership of a named group, dated. */
export const unitCollectionMembers = pgTable(
  "unit_collection_members",
  {
    collectionId: uuid("collection_id")
      .notNull()
      .references(() => unitCollections.id),
    unitId: uuid("unit_id")
      .notNull()
      .references(() => units.id),
    fromOn: localDateColumn("from_on").notNull(),
    toOn: localDateColumn("to_on"),
  },
  (t) => [primaryKey({ columns: [t.collectionId, t.unitId, t.fromOn] })],
);

export const users = pgTable(
  "users",
  {
    id: text("id").primaryKey(),
    regionId: regionId(),
    unitId: uuid("unit_id")
      .notNull()
      .references(() => units.id),
    username: text("username").notNull().unique(),
    name: text("name").notNull(),
    /** where mail reaches the person; null: only the inbox does */
    email: text("email"),
    passwordHash: text("password_hash").notNull(),
    disabledAt: instant("disabled_at"),
    version: version(),
  },
  (t) => [index("users_unit_idx").on(t.unitId)],
);

export const userRoles = pgTable(
  "user_roles",
  {
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    role: text("role").$type<Role>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.role] }), oneOf("user_roles_role_check", t.role, ROLES)],
);

/** Sessions as lucia keeps them: the host's clock, not the business clock. */
export const sessions = pgTable(
  "sessions",
  {
    id: text("id").primaryKey(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    expiresAt: instant("expires_at").notNull(),
    /** the end that no activity can move */
    endsAt: instant("ends_at").notNull(),
    address: text("address").notNull(),
  },
  (t) => [index("sessions_user_idx").on(t.userId)],
);

/** While somebody is on leave, a colleague of the unit acts in the named role; the trail names both. */
export const delegations = pgTable(
  "delegations",
  {
    id: id(),
    regionId: regionId(),
    unitId: uuid("unit_id")
      .notNull()
      .references(() => units.id),
    fromUserId: text("from_user_id")
      .notNull()
      .references(() => users.id),
    toUserId: text("to_user_id")
      .notNull()
      .references(() => users.id),
    role: text("role").$type<Role>().notNull(),
    fromOn: localDateColumn("from_on").notNull(),
    untilOn: localDateColumn("until_on").notNull(),
    reason: text("reason").notNull(),
    createdAt: instant("created_at").notNull(),
    revokedAt: instant("revoked_at"),
    version: version(),
  },
  (t) => [
    oneOf("delegations_role_check", t.role, ROLES),
    index("delegations_to_idx").on(t.toUserId, t.untilOn),
    index("delegations_from_idx").on(t.fromUserId, t.untilOn),
  ],
);

/** What the bureau must know of an expert to invite him: his field and where he works, for the avoidance. */
export const expertProfiles = pgTable("expert_profiles", {
  userId: text("user_id")
    .primaryKey()
    .references(() => users.id),
  regionId: regionId(),
  specialty: text("specialty").notNull(),
  employer: text("employer").notNull(),
  title: text("title").notNull(),
});

/** Failed log-ins, for the lock per account and per address. */
export const loginFailures = pgTable(
  "login_failures",
  { id: id(), username: text("username").notNull(), address: text("address").notNull(), at: instant("at").notNull() },
  (t) => [
    index("login_failures_username_idx").on(t.username, t.at),
    index("login_failures_address_idx").on(t.address, t.at),
  ],
);
