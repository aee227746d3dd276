import { boolean, date, index, integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";

import {
  DEMAND_STATES,
  FORMAT_CLASSES,
  RESOURCE_STATES,
  SHARING_METHODS,
  SHARING_TYPES,
  UPDATE_CYCLES,
  type DemandState,
  type FormatClass,
  type ResourceState,
  type SharingMethod,
  type SharingType,
  type UpdateCycle,
} from "../../app/kernel/vocabulary";
import { oneOf } from "../checks";
import { id, instant, localDateColumn, regionId, version } from "../columns";
import { units } from "./identity";

/** The classification of government information resources: 类 (1 digit), 项 (2), 目 (3), 细目. */
export const catalogCategories = pgTable("catalog_categories", {
  code: text("code").primaryKey(),
  parentCode: text("parent_code"),
  level: integer("level").notNull(),
  name: text("name").notNull(),
});

/** Last sequence number given in a category; read and raised under a row lock. */
export const catalogSequences = pgTable(
  "catalog_sequences",
  { regionId: regionId(), categoryCode: text("category_code").notNull(), last: integer("last").notNull() },
  (t) => [primaryKey({ columns: [t.regionId, t.categoryCode] })],
);

/** A data resource (政务信息资源). While its project is being filed it is a draft without a code. */
export const resources = pgTable(
  "resources",
  {
    id: id(),
    regionId: regionId(),
    unitId: uuid("unit_id")
      .notNull()
      .references(() => units.id),
    projectId: uuid("project_id"),
    systemId: uuid("system_id"),
    categoryCode: text("category_code")
      .notNull()
      .references(() => catalogCategories.code),
    code: text("code"),
    name: text("name").notNull(),
    /** NFKC, lower case, without spaces and punctuation: near-duplicates share it */
    normalizedName: text("normalized_name").notNull(),
    initials: text("initials").notNull(),
    summary: text("summary").notNull(),
    formatClass: text("format_class").$type<FormatClass>().notNull(),
    sharingType: text("sharing_type").$type<SharingType>().notNull(),
    legalBasis: text("legal_basis"),
    conditions: text("conditions"),
    method: text("method").$type<SharingMethod>(),
    openToPublic: boolean("open_to_public").notNull().default(false),
    openConditions: text("open_conditions"),
    updateCycle: text("update_cycle").$type<UpdateCycle>().notNull(),
    matter: text("matter"),
    material: text("material"),
    state: text("state").$type<ResourceState>().notNull(),
    registeredBy: text("registered_by"),
    publishedBy: text("published_by"),
    publishedOn: localDateColumn("published_on"),
    lastUpdatedOn: localDateColumn("last_updated_on"),
    /** collected onto the exchange platform (归集) */
    collectedOn: localDateColumn("collected_on"),
    interfaceAttachedOn: localDateColumn("interface_attached_on"),
    testSharedOn: localDateColumn("test_shared_on"),
    version: version(),
  },
  (t) => [
    oneOf("resources_sharing_type_check", t.sharingType, SHARING_TYPES),
    oneOf("resources_method_check", t.method, SHARING_METHODS),
    oneOf("resources_format_class_check", t.formatClass, FORMAT_CLASSES),
    oneOf("resources_update_cycle_check", t.updateCycle, UPDATE_CYCLES),
    oneOf("resources_state_check", t.state, RESOURCE_STATES),
    unique("resources_code_key").on(t.regionId, t.code),
    unique("resources_unit_name_key").on(t.regionId, t.unitId, t.normalizedName),
    index("resources_unit_idx").on(t.regionId, t.unitId, t.state),
    index("resources_project_idx").on(t.projectId),
  ],
);

/** An information item (信息项) of a resource. */
export const resourceItems = pgTable(
  "resource_items",
  {
    resourceId: uuid("resource_id")
      .notNull()
      .references(() => resources.id, { onDelete: "cascade" }),
    position: integer("position").notNull(),
    regionId: regionId(),
    name: text("name").notNull(),
    dataType: text("data_type").notNull(),
    length: integer("length"),
    required: boolean("required").notNull().default(false),
    isKey: boolean("is_key").notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.resourceId, t.position] })],
);

/** A unit's demand for another unit's data (数据需求). */
export const demands = pgTable(
  "demands",
  {
    id: id(),
    regionId: regionId(),
    unitId: uuid("unit_id")
      .notNull()
      .references(() => units.id),
    projectId: uuid("project_id"),
    providerUnitId: uuid("provider_unit_id").references(() => units.id),
    resourceId: uuid("resource_id").references(() => resources.id),
    wanted: text("wanted").notNull(),
    legalBasis: text("legal_basis").notNull(),
    scene: text("scene").notNull(),
    method: text("method").$type<SharingMethod>().notNull(),
    frequency: text("frequency").$type<UpdateCycle>().notNull(),
    state: text("state").$type<DemandState>().notNull(),
    appliedAt: instant("applied_at"),
    checkedAt: instant("checked_at"),
    answerDueOn: localDateColumn("answer_due_on"),
    answeredAt: instant("answered_at"),
    refusalReason: text("refusal_reason"),
    dueOn: localDateColumn("due_on"),
    deliveredAt: instant("delivered_at"),
    rating: integer("rating"),
    version: version(),
  },
  (t) => [
    oneOf("demands_state_check", t.state, DEMAND_STATES),
    oneOf("demands_method_check", t.method, SHARING_METHODS),
    oneOf("demands_frequency_check", t.frequency, UPDATE_CYCLES),
    index("demands_unit_idx").on(t.regionId, t.unitId, t.state),
    index("demands_provider_idx").on(t.providerUnitId, t.state),
    index("demands_project_idx").on(t.projectId),
  ],
);

/** An error report on shared data (数据纠错): reported → confirmed → fixed → closed. */
export const corrections = pgTable(
  "corrections",
  {
    id: id(),
    regionId: regionId(),
    resourceId: uuid("resource_id")
      .notNull()
      .references(() => resources.id),
    reporterUnitId: uuid("reporter_unit_id").notNull(),
    description: text("description").notNull(),
    reportedAt: instant("reported_at").notNull(),
    confirmedAt: instant("confirmed_at"),
    dueOn: date("due_on", { mode: "string" }),
    fixedAt: instant("fixed_at"),
    closedAt: instant("closed_at"),
    version: version(),
  },
  (t) => [index("corrections_resource_idx").on(t.resourceId)],
);

/** Entries of the sharing-points account (共享积分). */
export const sharingPoints = pgTable(
  "sharing_points",
  {
    id: id(),
    regionId: regionId(),
    unitId: uuid("unit_id").notNull(),
    kind: text("kind").notNull(),
    points: integer("points").notNull(),
    subjectId: uuid("subject_id").notNull(),
    at: instant("at").notNull(),
  },
  (t) => [index("sharing_points_unit_idx").on(t.regionId, t.unitId, t.at)],
);
