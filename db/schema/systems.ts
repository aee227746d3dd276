import { sql } from "drizzle-orm";
import { boolean, index, integer, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";

import {
  HOSTINGS,
  OWNERSHIPS,
  SYSTEM_STATES,
  type Hosting,
  type Ownership,
  type SystemState,
} from "../../app/kernel/vocabulary";
import { oneOf } from "../checks";
import { id, instant, localDateColumn, regionId, version } from "../columns";
import { units } from "./identity";

/**
 * The inventory of information systems (信息系统清单). How a system stands to the cloud rate, of which unit and in which
 * batch it is counted on which day, is in cloud_standings.
 */
export const systems = pgTable(
  "systems",
  {
    id: id(),
    regionId: regionId(),
    unitId: uuid("unit_id")
      .notNull()
      .references(() => units.id),
    operatorUnitId: uuid("operator_unit_id").references(() => units.id),
    projectId: uuid("project_id"),
    code: text("code").notNull(),
    name: text("name").notNull(),
    /** the name folded as projects.compared_name: what 查重 compares */
    comparedName: text("compared_name").notNull(),
    initials: text("initials").notNull(),
    /** what it is for; empty until somebody says so: the yearly check asks */
    purpose: text("purpose").notNull().default(""),
    ownership: text("ownership").$type<Ownership>().notNull(),
    state: text("state").$type<SystemState>().notNull().default("inUse"),
    mlpsLevel: integer("mlps_level"),
    mlpsFilingNumber: text("mlps_filing_number").notNull().default(""),
    mlpsFiledOn: localDateColumn("mlps_filed_on"),
    secret: boolean("secret").notNull().default(false),
    hosting: text("hosting").$type<Hosting>().notNull(),
    /** where it stands, when it is not on the government cloud */
    location: text("location").notNull().default(""),
    backedUp: boolean("backed_up").notNull().default(false),
    builder: text("builder").notNull().default(""),
    contactName: text("contact_name").notNull().default(""),
    contactPhone: text("contact_phone").notNull().default(""),
    launchedOn: localDateColumn("launched_on"),
    tags: text("tags")
      .array()
      .notNull()
      .default(sql`'{}'`),
    registeredOn: localDateColumn("registered_on").notNull(),
    /** the first day on which it no longer runs */
    retiredOn: localDateColumn("retired_on"),
    retireReason: text("retire_reason").notNull().default(""),
    updatedAt: instant("updated_at"),
    version: version(),
  },
  (t) => [
    oneOf("systems_ownership_check", t.ownership, OWNERSHIPS),
    oneOf("systems_hosting_check", t.hosting, HOSTINGS),
    oneOf("systems_state_check", t.state, SYSTEM_STATES),
    unique("systems_code_key").on(t.regionId, t.code),
    index("systems_unit_idx").on(t.regionId, t.unitId),
    index("systems_operator_idx").on(t.operatorUnitId),
    index("systems_project_idx").on(t.projectId),
    index("systems_compared_name_trgm_idx").using("gin", sql`${t.comparedName} gin_trgm_ops`),
  ],
);

/** What a unit's leader signs once a year: the unit's list of systems is complete and true. */
export const inventoryConfirmations = pgTable(
  "inventory_confirmations",
  {
    id: id(),
    regionId: regionId(),
    unitId: uuid("unit_id")
      .notNull()
      .references(() => units.id),
    year: integer("year").notNull(),
    systemCount: integer("system_count").notNull(),
    /** the list as it was signed: code, name and digest of each entry */
    signedList: jsonb("signed_list").$type<{ code: string; name: string; digest: string }[]>().notNull(),
    statement: text("statement").notNull().default(""),
    confirmedBy: text("confirmed_by").notNull(),
    confirmedAt: instant("confirmed_at").notNull(),
  },
  (t) => [unique("inventory_confirmations_year_key").on(t.unitId, t.year)],
);
