import { sql } from "drizzle-orm";
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

import {
  CORRECTION_STATES,
  DEMAND_STATES,
  FORMAT_CLASSES,
  ITEM_DATA_TYPES,
  REQUESTED_STEPS,
  RESOURCE_STATES,
  REVISION_STATES,
  SHARING_METHODS,
  SHARING_POINT_KINDS,
  SHARING_TYPES,
  UPDATE_CYCLES,
  type CorrectionState,
  type DemandState,
  type FormatClass,
  type ItemDataType,
  type RequestedStep,
  type ResourceState,
  type RevisionState,
  type SharingMethod,
  type SharingPointKind,
  type SharingType,
  type UpdateCycle,
} from "../../app/kernel/vocabulary";
import { oneOf } from "../checks";
import { id, instant, localDateColumn, parentRegionId, regionId, version } from "../columns";
import { units } from "./identity";

/** The classification of government information resources: 类 (1 digit), 项 (2), 目 (3), 细目. */
export const catalogCategories = pgTable("catalog_categories", {
  code: text("code").primaryKey(),
  parentCode: text("parent_code"),
  level: integer("level").notNull(),
  name: text("name").notNull(),
});

/** The basic databases (基础数据库) that a resource may belong to: 人口, 法人 …; a city may name its own. */
export const basicDatabases = pgTable("basic_databases", {
  code: text("code").primaryKey(),
  name: text("name").notNull(),
  position: integer("position").notNull(),
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
    /** character pairs of name, code and initials: what a search looks up */
    searchGrams: text("search_grams").array().notNull(),
    summary: text("summary").notNull(),
    formatClass: text("format_class").$type<FormatClass>().notNull(),
    /** the concrete type within the class: xlsx, MySQL, REST … */
    formatType: text("format_type").notNull().default(""),
    basicDatabaseCode: text("basic_database_code").references(() => basicDatabases.code),
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
    draftedBy: text("drafted_by"),
    registeredBy: text("registered_by"),
    publishedBy: text("published_by"),
    publishedOn: localDateColumn("published_on"),
    lastUpdatedOn: localDateColumn("last_updated_on"),
    /** the day by which the update cycle asks for the next update; null when the cycle names none */
    nextUpdateDueOn: localDateColumn("next_update_due_on"),
    /** number of the edition that is published; 0 before the first */
    edition: integer("edition").notNull().default(0),
    /** why it was sent back, suspended or withdrawn, and since when */
    stateReason: text("state_reason"),
    stateChangedOn: localDateColumn("state_changed_on"),
    /** what its unit asks the bureau to do with it: suspend, resume or withdraw; null when nothing is asked */
    requestedStep: text("requested_step").$type<RequestedStep>(),
    requestReason: text("request_reason"),
    requestedBy: text("requested_by"),
    requestedOn: localDateColumn("requested_on"),
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
    oneOf("resources_requested_step_check", t.requestedStep, REQUESTED_STEPS),
    unique("resources_code_key").on(t.regionId, t.code),
    // what was withdrawn keeps its name and does not stand in the way of a new entry
    uniqueIndex("resources_unit_name_key")
      .on(t.regionId, t.unitId, t.normalizedName)
      .where(sql`${t.state} <> 'withdrawn'`),
    index("resources_unit_idx").on(t.regionId, t.unitId, t.state),
    index("resources_project_idx").on(t.projectId),
    index("resources_system_idx").on(t.systemId),
    index("resources_list_idx").on(t.regionId, t.state, t.code),
    index("resources_order_idx").on(t.code.asc().nullsFirst(), t.id),
    index("resources_requested_idx")
      .on(t.regionId)
      .where(sql`${t.requestedStep} is not null`),
    index("resources_update_due_idx").on(t.state, t.nextUpdateDueOn),
    index("resources_search_idx").using("gin", t.searchGrams),
    index("resources_name_trgm_idx").using("gin", sql`${t.normalizedName} gin_trgm_ops`),
  ],
);

/**
 * One edition of an entry's content: the first is kept when the entry is published, every further one from its draft on.
 * What was published stays as it was; at most one edition of a resource is on its way.
 */
export const resourceRevisions = pgTable(
  "resource_revisions",
  {
    id: id(),
    resourceId: uuid("resource_id")
      .notNull()
      .references(() => resources.id, { onDelete: "cascade" }),
    regionId: regionId(),
    state: text("state").$type<RevisionState>().notNull(),
    /** given when it is published: 1, 2, 3 … */
    edition: integer("edition"),
    /** the whole entry with its items, as the module's own type says */
    content: jsonb("content").$type<unknown>().notNull(),
    note: text("note").notNull().default(""),
    draftedBy: text("drafted_by").notNull(),
    draftedAt: instant("drafted_at").notNull(),
    registeredBy: text("registered_by"),
    registeredAt: instant("registered_at"),
    decidedBy: text("decided_by"),
    decidedAt: instant("decided_at"),
    declinedReason: text("declined_reason"),
    version: version(),
  },
  (t) => [
    oneOf("resource_revisions_state_check", t.state, REVISION_STATES),
    unique("resource_revisions_edition_key").on(t.resourceId, t.edition),
    uniqueIndex("resource_revisions_open_key")
      .on(t.resourceId)
      .where(sql`${t.state} in ('draft', 'registered')`),
    index("resource_revisions_state_idx").on(t.regionId, t.state),
  ],
);

/** Resources that belong together, said once for both sides. */
export const resourceRelations = pgTable(
  "resource_relations",
  {
    resourceId: uuid("resource_id")
      .notNull()
      .references(() => resources.id, { onDelete: "cascade" }),
    relatedId: uuid("related_id")
      .notNull()
      .references(() => resources.id, { onDelete: "cascade" }),
    regionId: regionId(),
  },
  (t) => [primaryKey({ columns: [t.resourceId, t.relatedId] }), index("resource_relations_back_idx").on(t.relatedId)],
);

/** An update of a resource's data: a fact of the clock, never edited. */
export const resourceUpdates = pgTable(
  "resource_updates",
  {
    id: id(),
    resourceId: uuid("resource_id")
      .notNull()
      .references(() => resources.id),
    regionId: regionId(),
    updatedOn: localDateColumn("updated_on").notNull(),
    /** the day it was due; null when nothing was due */
    dueOn: localDateColumn("due_on"),
    rows: integer("rows"),
    note: text("note").notNull().default(""),
    recordedBy: text("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull(),
  },
  (t) => [index("resource_updates_resource_idx").on(t.resourceId, t.updatedOn)],
);

/** A use of a resource by another unit: who, when, on what basis, how often. */
export const resourceUses = pgTable(
  "resource_uses",
  {
    id: id(),
    resourceId: uuid("resource_id")
      .notNull()
      .references(() => resources.id),
    regionId: regionId(),
    userUnitId: uuid("user_unit_id")
      .notNull()
      .references(() => units.id),
    demandId: uuid("demand_id"),
    basis: text("basis").notNull(),
    usedOn: localDateColumn("used_on").notNull(),
    /** calls or records on that day */
    times: integer("times").notNull(),
    recordedBy: text("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull(),
  },
  (t) => [
    index("resource_uses_resource_idx").on(t.resourceId, t.usedOn),
    index("resource_uses_user_idx").on(t.userUnitId, t.usedOn),
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
    regionId: parentRegionId(),
    name: text("name").notNull(),
    dataType: text("data_type").$type<ItemDataType>().notNull(),
    length: integer("length"),
    required: boolean("required").notNull().default(false),
    isKey: boolean("is_key").notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.resourceId, t.position] }),
    oneOf("resource_items_data_type_check", t.dataType, ITEM_DATA_TYPES),
    index("resource_items_name_idx").on(t.name),
  ],
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
    items: text("items").notNull().default(""),
    legalBasis: text("legal_basis").notNull(),
    scene: text("scene").notNull(),
    /** where the requester expects the data to come from */
    expectedSource: text("expected_source").notNull().default(""),
    method: text("method").$type<SharingMethod>().notNull(),
    frequency: text("frequency").$type<UpdateCycle>().notNull(),
    usedFromOn: localDateColumn("used_from_on"),
    usedUntilOn: localDateColumn("used_until_on"),
    /** how the data will be protected */
    safety: text("safety").notNull().default(""),
    state: text("state").$type<DemandState>().notNull(),
    draftedBy: text("drafted_by"),
    appliedAt: instant("applied_at"),
    reviewedBy: text("reviewed_by"),
    reviewedAt: instant("reviewed_at"),
    checkDueOn: localDateColumn("check_due_on"),
    checkedBy: text("checked_by"),
    checkedAt: instant("checked_at"),
    returnReason: text("return_reason"),
    answerDueOn: localDateColumn("answer_due_on"),
    answeredBy: text("answered_by"),
    answeredAt: instant("answered_at"),
    refusalReason: text("refusal_reason"),
    /** the cited rule; a refusal without one may be overruled */
    refusalBasis: text("refusal_basis"),
    overruledAt: instant("overruled_at"),
    dueOn: localDateColumn("due_on"),
    deliveredBy: text("delivered_by"),
    deliveredAt: instant("delivered_at"),
    deliveryNote: text("delivery_note"),
    rating: integer("rating"),
    ratingComment: text("rating_comment"),
    ratedAt: instant("rated_at"),
    endedAt: instant("ended_at"),
    version: version(),
  },
  (t) => [
    oneOf("demands_state_check", t.state, DEMAND_STATES),
    oneOf("demands_method_check", t.method, SHARING_METHODS),
    oneOf("demands_frequency_check", t.frequency, UPDATE_CYCLES),
    index("demands_unit_idx").on(t.regionId, t.unitId, t.state),
    index("demands_provider_idx").on(t.providerUnitId, t.state),
    index("demands_project_idx").on(t.projectId),
    index("demands_resource_idx").on(t.resourceId),
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
    demandId: uuid("demand_id"),
    /** the item it is about, when it is about one */
    item: text("item").notNull().default(""),
    description: text("description").notNull(),
    state: text("state").$type<CorrectionState>().notNull(),
    reportedBy: text("reported_by").notNull(),
    reportedAt: instant("reported_at").notNull(),
    confirmedBy: text("confirmed_by"),
    confirmedAt: instant("confirmed_at"),
    rejectedReason: text("rejected_reason"),
    dueOn: localDateColumn("due_on").notNull(),
    fixedBy: text("fixed_by"),
    fixedAt: instant("fixed_at"),
    fixNote: text("fix_note"),
    closedBy: text("closed_by"),
    closedAt: instant("closed_at"),
    version: version(),
  },
  (t) => [
    oneOf("corrections_state_check", t.state, CORRECTION_STATES),
    index("corrections_resource_idx").on(t.resourceId, t.state),
    index("corrections_reporter_idx").on(t.regionId, t.reporterUnitId),
  ],
);

/** Entries of the sharing-points account (共享积分). */
export const sharingPoints = pgTable(
  "sharing_points",
  {
    id: id(),
    regionId: regionId(),
    unitId: uuid("unit_id").notNull(),
    kind: text("kind").$type<SharingPointKind>().notNull(),
    points: integer("points").notNull(),
    /** what earned or cost them: the resource, demand or correction */
    subjectType: text("subject_type").$type<"resource" | "demand" | "correction">().notNull(),
    subjectId: uuid("subject_id").notNull(),
    /** one event is counted once: kind, subject and the cycle or month it belongs to */
    key: text("key").notNull(),
    /** the rule figure that set them, and the day from which its value was in force */
    ruleCode: text("rule_code").notNull(),
    ruleFrom: localDateColumn("rule_from").notNull(),
    on: localDateColumn("on").notNull(),
    at: instant("at").notNull(),
  },
  (t) => [
    oneOf("sharing_points_kind_check", t.kind, SHARING_POINT_KINDS),
    unique("sharing_points_key").on(t.regionId, t.key),
    index("sharing_points_unit_idx").on(t.regionId, t.unitId, t.on),
  ],
);

/** How a resource is attached to the exchange (挂接): where it is reached, and the test share that proved it. */
export const resourceConnections = pgTable(
  "resource_connections",
  {
    id: id(),
    regionId: regionId(),
    resourceId: uuid("resource_id")
      .notNull()
      .references(() => resources.id),
    method: text("method").$type<SharingMethod>().notNull(),
    /** interface address, database view or file path on the exchange */
    address: text("address").notNull(),
    connectedBy: text("connected_by").notNull(),
    connectedOn: localDateColumn("connected_on").notNull(),
    /** null until somebody else made the test share */
    testResult: text("test_result").$type<"passed" | "failed">(),
    testRemark: text("test_remark").notNull().default(""),
    testedBy: text("tested_by"),
    testedOn: localDateColumn("tested_on"),
    removedOn: localDateColumn("removed_on"),
    version: version(),
  },
  (t) => [
    oneOf("resource_connections_method_check", t.method, SHARING_METHODS),
    // one connection at a time
    uniqueIndex("resource_connections_resource_key")
      .on(t.resourceId)
      .where(sql`${t.removedOn} is null`),
    index("resource_connections_history_idx").on(t.resourceId, t.connectedOn),
  ],
);
