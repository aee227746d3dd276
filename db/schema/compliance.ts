import { sql } from "drizzle-orm";
import { boolean, index, integer, jsonb, pgTable, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";

import {
  EXEMPTION_STATES,
  RECOLLECTION_STATES,
  SANCTION_RUNGS,
  SANCTION_STATES,
  type ExemptionState,
  type RecollectionState,
  type SanctionRung,
  type SanctionState,
} from "../../app/kernel/vocabulary";
import { oneOf } from "../checks";
import { id, instant, localDateColumn, regionId, version } from "../columns";
import { resources } from "./catalog";
import { units } from "./identity";
import { files } from "./platform";
import { projects } from "./projects";
import { systems } from "./systems";

/**
 * A sanction on a unit, or on one project of it: a rung of the ladder. From 暂缓投资 up it is a funding sanction, and while
 * it stands no new or rebuilt system may be filed.
 */
export const sanctions = pgTable(
  "sanctions",
  {
    id: id(),
    regionId: regionId(),
    unitId: uuid("unit_id")
      .notNull()
      .references(() => units.id),
    projectId: uuid("project_id").references(() => projects.id),
    number: integer("number").notNull(),
    rung: text("rung").$type<SanctionRung>().notNull(),
    reason: text("reason").notNull(),
    /** what must be done to have it lifted */
    demand: text("demand").notNull().default(""),
    basis: text("basis").notNull().default(""),
    state: text("state").$type<SanctionState>().notNull(),
    /** the sanction one rung below that was not heeded */
    previousId: uuid("previous_id"),
    /** why a rung was skipped */
    skipReason: text("skip_reason"),
    fromOn: localDateColumn("from_on").notNull(),
    /** by when the demand must be met; null where there is none to meet */
    dueOn: localDateColumn("due_on"),
    liftedOn: localDateColumn("lifted_on"),
    proposedBy: text("proposed_by").notNull(),
    proposedAt: instant("proposed_at").notNull(),
    imposedBy: text("imposed_by"),
    imposedAt: instant("imposed_at"),
    /** the unit's report of what it did */
    remedy: text("remedy"),
    remedyFileId: uuid("remedy_file_id").references(() => files.id),
    remediedBy: text("remedied_by"),
    remediedAt: instant("remedied_at"),
    decidedBy: text("decided_by"),
    opinion: text("opinion"),
    version: version(),
  },
  (t) => [
    oneOf("sanctions_rung_check", t.rung, SANCTION_RUNGS),
    oneOf("sanctions_state_check", t.state, SANCTION_STATES),
    unique("sanctions_number_key").on(t.regionId, t.number),
    index("sanctions_unit_idx").on(t.unitId, t.liftedOn),
    index("sanctions_list_idx").on(t.regionId, t.state),
    index("sanctions_project_idx").on(t.projectId),
  ],
);

/** An exemption from the sharing gate: asked for with reason and paper, signed, approved by the bureau, and dated. */
export const gateExemptions = pgTable(
  "gate_exemptions",
  {
    id: id(),
    regionId: regionId(),
    unitId: uuid("unit_id")
      .notNull()
      .references(() => units.id),
    number: integer("number").notNull(),
    state: text("state").$type<ExemptionState>().notNull(),
    reason: text("reason").notNull(),
    fileId: uuid("file_id").references(() => files.id),
    requestedBy: text("requested_by").notNull(),
    requestedAt: instant("requested_at").notNull(),
    signedBy: text("signed_by"),
    signedAt: instant("signed_at"),
    approvedBy: text("approved_by"),
    approvedAt: instant("approved_at"),
    opinion: text("opinion"),
    revokedBy: text("revoked_by"),
    /** the first day on which it no longer holds because it was revoked */
    revokedOn: localDateColumn("revoked_on"),
    fromOn: localDateColumn("from_on").notNull(),
    untilOn: localDateColumn("until_on").notNull(),
    version: version(),
  },
  (t) => [
    oneOf("gate_exemptions_state_check", t.state, EXEMPTION_STATES),
    unique("gate_exemptions_number_key").on(t.unitId, t.number),
    uniqueIndex("gate_exemptions_open_key")
      .on(t.unitId)
      .where(sql`${t.state} in ('draft', 'signing', 'open')`),
    index("gate_exemptions_unit_idx").on(t.unitId, t.untilOn),
  ],
);

/** A reason as a gate's history keeps it. */
export interface KeptReason {
  readonly code: string;
  readonly evidence: { readonly kind: string; readonly id: string; readonly name: string };
  readonly facts: Readonly<Record<string, string>>;
}

/** The gate of a unit as it was last looked at: what lists read. The gate itself is computed from facts each time. */
export const gateStates = pgTable(
  "gate_states",
  {
    unitId: uuid("unit_id")
      .primaryKey()
      .references(() => units.id),
    regionId: regionId(),
    open: boolean("open").notNull(),
    exempted: boolean("exempted").notNull(),
    reasonCount: integer("reason_count").notNull(),
    sinceOn: localDateColumn("since_on").notNull(),
    checkedAt: instant("checked_at").notNull(),
  },
  (t) => [index("gate_states_list_idx").on(t.regionId, t.open)],
);

/** Every opening and closing of a unit's gate, with the reasons of the moment. Never rewritten. */
export const gateChanges = pgTable(
  "gate_changes",
  {
    id: id(),
    regionId: regionId(),
    unitId: uuid("unit_id")
      .notNull()
      .references(() => units.id),
    open: boolean("open").notNull(),
    exempted: boolean("exempted").notNull(),
    reasons: jsonb("reasons").$type<readonly KeptReason[]>().notNull(),
    on: localDateColumn("on").notNull(),
    at: instant("at").notNull(),
  },
  (t) => [index("gate_changes_unit_idx").on(t.unitId, t.at)],
);

/** A unit collects once more what is already shared (重复采集): reported by one person of the bureau, confirmed by another. */
export const recollections = pgTable(
  "recollections",
  {
    id: id(),
    regionId: regionId(),
    unitId: uuid("unit_id")
      .notNull()
      .references(() => units.id),
    /** the shared resource that already holds the data */
    resourceId: uuid("resource_id")
      .notNull()
      .references(() => resources.id),
    /** the system that collects it again, when it is one */
    systemId: uuid("system_id").references(() => systems.id),
    /** the form, matter or system in which it is collected again */
    where: text("where").notNull(),
    finding: text("finding").notNull(),
    state: text("state").$type<RecollectionState>().notNull(),
    reportedBy: text("reported_by").notNull(),
    reportedAt: instant("reported_at").notNull(),
    confirmedBy: text("confirmed_by"),
    confirmedOn: localDateColumn("confirmed_on"),
    remedy: text("remedy"),
    remediedBy: text("remedied_by"),
    settledBy: text("settled_by"),
    settledOn: localDateColumn("settled_on"),
    opinion: text("opinion"),
    version: version(),
  },
  (t) => [
    oneOf("recollections_state_check", t.state, RECOLLECTION_STATES),
    index("recollections_unit_idx").on(t.unitId, t.state),
    index("recollections_list_idx").on(t.regionId, t.state),
  ],
);

/** A severe security incident, which is a veto in the assessment. */
export const securityIncidents = pgTable(
  "security_incidents",
  {
    id: id(),
    regionId: regionId(),
    unitId: uuid("unit_id")
      .notNull()
      .references(() => units.id),
    title: text("title").notNull(),
    severity: text("severity").$type<"minor" | "major">().notNull(),
    happenedOn: localDateColumn("happened_on").notNull(),
  },
  (t) => [index("security_incidents_unit_idx").on(t.unitId, t.happenedOn)],
);
