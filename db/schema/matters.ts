import { sql } from "drizzle-orm";
import { boolean, index, integer, pgTable, primaryKey, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";

import {
  MATERIAL_KINDS,
  MATTER_STATES,
  MATTER_TYPES,
  type MaterialKind,
  type MatterState,
  type MatterType,
} from "../../app/kernel/vocabulary";
import { oneOf } from "../checks";
import { id, instant, regionId, version } from "../columns";
import { resources } from "./catalog";
import { units } from "./identity";
import { systems } from "./systems";

/** Service matters (政务服务事项) of a unit. */
export const serviceMatters = pgTable(
  "service_matters",
  {
    id: id(),
    regionId: regionId(),
    unitId: uuid("unit_id")
      .notNull()
      .references(() => units.id),
    code: text("code").notNull(),
    name: text("name").notNull(),
    initials: text("initials").notNull().default(""),
    type: text("type").$type<MatterType>().notNull().default("publicService"),
    state: text("state").$type<MatterState>().notNull().default("inForce"),
    /** can be handled online from beginning to end (全程网办) */
    online: boolean("online").notNull().default(false),
    /** how often it is handled in a year, when known */
    yearlyCases: integer("yearly_cases"),
    tags: text("tags")
      .array()
      .notNull()
      .default(sql`'{}'`),
    updatedBy: text("updated_by"),
    updatedAt: instant("updated_at"),
    version: version(),
  },
  (t) => [
    oneOf("service_matters_type_check", t.type, MATTER_TYPES),
    oneOf("service_matters_state_check", t.state, MATTER_STATES),
    unique("service_matters_code_key").on(t.regionId, t.code),
    index("service_matters_unit_idx").on(t.regionId, t.unitId),
  ],
);

/** The systems in which a matter is handled. */
export const matterSystems = pgTable(
  "matter_systems",
  {
    matterId: uuid("matter_id")
      .notNull()
      .references(() => serviceMatters.id),
    systemId: uuid("system_id")
      .notNull()
      .references(() => systems.id),
    regionId: regionId(),
  },
  (t) => [primaryKey({ columns: [t.matterId, t.systemId] }), index("matter_systems_system_idx").on(t.systemId)],
);

/** Materials (事项材料) that matters ask for: a paper is one material however many matters ask for it. */
export const materials = pgTable(
  "materials",
  {
    id: id(),
    regionId: regionId(),
    code: text("code").notNull(),
    name: text("name").notNull(),
    initials: text("initials").notNull().default(""),
    kind: text("kind").$type<MaterialKind>().notNull().default("other"),
    /** who issues it, when it is a unit of ours */
    issuerUnitId: uuid("issuer_unit_id").references(() => units.id),
    /** who issues it, as the list says */
    issuer: text("issuer").notNull().default(""),
    tags: text("tags")
      .array()
      .notNull()
      .default(sql`'{}'`),
    updatedBy: text("updated_by"),
    updatedAt: instant("updated_at"),
    version: version(),
  },
  (t) => [
    oneOf("materials_kind_check", t.kind, MATERIAL_KINDS),
    unique("materials_code_key").on(t.regionId, t.code),
    index("materials_name_idx").on(t.regionId, t.name),
  ],
);

/** That a matter asks for a material. */
export const matterMaterials = pgTable(
  "matter_materials",
  {
    matterId: uuid("matter_id")
      .notNull()
      .references(() => serviceMatters.id),
    materialId: uuid("material_id")
      .notNull()
      .references(() => materials.id),
    regionId: regionId(),
    required: boolean("required").notNull().default(true),
  },
  (t) => [primaryKey({ columns: [t.matterId, t.materialId] }), index("matter_materials_material_idx").on(t.materialId)],
);

/** Which data resource, and which of its items, proves what a material is asked for: the material could be replaced by it. */
export const materialProofs = pgTable(
  "material_proofs",
  {
    id: id(),
    materialId: uuid("material_id")
      .notNull()
      .references(() => materials.id),
    resourceId: uuid("resource_id")
      .notNull()
      .references(() => resources.id),
    regionId: regionId(),
    /** the information item by its name; empty: the resource as a whole */
    itemName: text("item_name").notNull().default(""),
    note: text("note").notNull().default(""),
    linkedBy: text("linked_by").notNull(),
    linkedAt: instant("linked_at").notNull(),
  },
  (t) => [
    uniqueIndex("material_proofs_key").on(t.materialId, t.resourceId, t.itemName),
    index("material_proofs_resource_idx").on(t.resourceId),
  ],
);
