import { index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";

import { COMPONENT_DECISIONS, type ComponentDecision } from "../../app/kernel/vocabulary";
import { oneOf } from "../checks";
import { instant, localDateColumn, regionId, version } from "../columns";
import { units } from "./identity";
import { projects } from "./projects";

/** The register of common components (统一组件) that a new application is expected to reuse. */
export const commonComponents = pgTable("common_components", {
  code: text("code").primaryKey(),
  name: text("name").notNull(),
  /** what it does, for who decides whether it fits */
  purpose: text("purpose").notNull().default(""),
  /** how it is connected: the paper or the address of its instructions */
  access: text("access").notNull().default(""),
  providerUnitId: uuid("provider_unit_id").references(() => units.id),
  availableFrom: localDateColumn("available_from"),
  /** the first day on which it is no longer offered */
  retiredOn: localDateColumn("retired_on"),
  position: integer("position").notNull(),
  updatedBy: text("updated_by"),
  updatedAt: instant("updated_at"),
  version: version(),
});

/** What a filing says of each common component: reused, does not fit, or fits but is not reused, with the reason. */
export const projectComponents = pgTable(
  "project_components",
  {
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id),
    componentCode: text("component_code")
      .notNull()
      .references(() => commonComponents.code),
    regionId: regionId(),
    decision: text("decision").$type<ComponentDecision>().notNull(),
    reason: text("reason").notNull().default(""),
  },
  (t) => [
    primaryKey({ columns: [t.projectId, t.componentCode] }),
    oneOf("project_components_decision_check", t.decision, COMPONENT_DECISIONS),
    index("project_components_component_idx").on(t.componentCode, t.decision),
  ],
);
