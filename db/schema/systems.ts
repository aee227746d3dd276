import { sql } from "drizzle-orm";
import { boolean, index, integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";

import {
  CLOUD_STEPS,
  HOSTINGS,
  OWNERSHIPS,
  type CloudStep,
  type Hosting,
  type Ownership,
} from "../../app/kernel/vocabulary";
import { oneOf } from "../checks";
import { id, instant, localDateColumn, regionId, version } from "../columns";
import { units } from "./identity";

/** A migration batch with its target date. */
export const cloudBatches = pgTable(
  "cloud_batches",
  { id: id(), regionId: regionId(), name: text("name").notNull(), targetOn: localDateColumn("target_on").notNull() },
  (t) => [unique("cloud_batches_name_key").on(t.regionId, t.name)],
);

/** The inventory of information systems (信息系统清单). */
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
    batchId: uuid("batch_id").references(() => cloudBatches.id),
    code: text("code").notNull(),
    name: text("name").notNull(),
    /** the name folded as projects.compared_name: what 查重 compares */
    comparedName: text("compared_name").notNull(),
    initials: text("initials").notNull(),
    ownership: text("ownership").$type<Ownership>().notNull(),
    mlpsLevel: integer("mlps_level"),
    secret: boolean("secret").notNull().default(false),
    hosting: text("hosting").$type<Hosting>().notNull(),
    backedUp: boolean("backed_up").notNull().default(false),
    inUse: boolean("in_use").notNull().default(true),
    /** decided by the scope rule; null = in scope of the cloud rate */
    outOfScopeReason: text("out_of_scope_reason"),
    registeredOn: localDateColumn("registered_on").notNull(),
    retiredOn: localDateColumn("retired_on"),
    version: version(),
  },
  (t) => [
    oneOf("systems_ownership_check", t.ownership, OWNERSHIPS),
    oneOf("systems_hosting_check", t.hosting, HOSTINGS),
    unique("systems_code_key").on(t.regionId, t.code),
    index("systems_unit_idx").on(t.regionId, t.unitId),
    index("systems_project_idx").on(t.projectId),
    index("systems_compared_name_trgm_idx").using("gin", sql`${t.comparedName} gin_trgm_ops`),
  ],
);

/** One of the seven steps of cloud migration, done on a day, with its evidence. */
export const cloudSteps = pgTable(
  "cloud_steps",
  {
    systemId: uuid("system_id")
      .notNull()
      .references(() => systems.id),
    step: text("step").$type<CloudStep>().notNull(),
    regionId: regionId(),
    completedOn: localDateColumn("completed_on").notNull(),
    evidence: text("evidence").notNull(),
    evidenceFileId: uuid("evidence_file_id"),
    recordedBy: text("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.systemId, t.step] }),
    oneOf("cloud_steps_step_check", t.step, CLOUD_STEPS),
    index("cloud_steps_date_idx").on(t.regionId, t.step, t.completedOn),
  ],
);

/** Service matters (政务服务事项) of a unit, and the materials that a matter asks for. */
export const serviceMatters = pgTable(
  "service_matters",
  {
    id: id(),
    regionId: regionId(),
    unitId: uuid("unit_id").notNull(),
    systemId: uuid("system_id").references(() => systems.id),
    code: text("code").notNull(),
    name: text("name").notNull(),
  },
  (t) => [unique("service_matters_code_key").on(t.regionId, t.code)],
);

export const matterMaterials = pgTable(
  "matter_materials",
  {
    id: id(),
    regionId: regionId(),
    matterId: uuid("matter_id")
      .notNull()
      .references(() => serviceMatters.id),
    name: text("name").notNull(),
    /** the resource that could replace this paper */
    resourceId: uuid("resource_id"),
  },
  (t) => [index("matter_materials_matter_idx").on(t.matterId)],
);
