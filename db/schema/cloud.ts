import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";

import {
  BLOCK_REASONS,
  CLOUD_RESOURCE_KINDS,
  CLOUD_RESOURCE_STAGES,
  CLOUD_STEPS,
  SCOPE_DECISION_STATES,
  SCOPE_REASONS,
  SCOPE_RESULTS,
  type BlockReason,
  type CloudResourceKind,
  type CloudResourceStage,
  type CloudStep,
  type ScopeDecisionState,
  type ScopeReason,
  type ScopeResult,
} from "../../app/kernel/vocabulary";
import { oneOf } from "../checks";
import { id, instant, localDateColumn, regionId, version } from "../columns";
import { units } from "./identity";
import { files } from "./platform";
import { systems } from "./systems";

/** A migration batch with its target date. */
export const cloudBatches = pgTable(
  "cloud_batches",
  {
    id: id(),
    regionId: regionId(),
    name: text("name").notNull(),
    targetOn: localDateColumn("target_on").notNull(),
    note: text("note").notNull().default(""),
    version: version(),
  },
  (t) => [unique("cloud_batches_name_key").on(t.regionId, t.name)],
);

/**
 * What the cloud rate knows of a system in a span of days: of which unit and in which batch it is counted, and whether.
 * The spans of a system follow each other without gap or overlap from its registration; the last one is open. A fact that
 * changes closes a span and opens the next, so that the rate of any day can be told.
 */
export const cloudStandings = pgTable(
  "cloud_standings",
  {
    id: id(),
    systemId: uuid("system_id")
      .notNull()
      .references(() => systems.id),
    regionId: regionId(),
    unitId: uuid("unit_id")
      .notNull()
      .references(() => units.id),
    batchId: uuid("batch_id").references(() => cloudBatches.id),
    scope: text("scope").$type<ScopeResult>().notNull(),
    reason: text("reason").$type<ScopeReason>(),
    /** of a special system: the city manages it (纳管) and its interfaces are open; only then does it leave the rate */
    managed: boolean("managed").notNull().default(false),
    fromOn: localDateColumn("from_on").notNull(),
    /** the first day on which it no longer holds */
    toOn: localDateColumn("to_on"),
    /** the decision that opened it; null for the facts of an inventory that was taken over, and for a move of unit or batch */
    decisionId: uuid("decision_id"),
  },
  (t) => [
    oneOf("cloud_standings_scope_check", t.scope, SCOPE_RESULTS),
    oneOf("cloud_standings_reason_check", t.reason, SCOPE_REASONS),
    check("cloud_standings_reason_given_check", sql`(${t.scope} = 'in') = (${t.reason} is null)`),
    check("cloud_standings_span_check", sql`${t.toOn} is null or ${t.toOn} > ${t.fromOn}`),
    uniqueIndex("cloud_standings_open_key")
      .on(t.systemId)
      .where(sql`${t.toOn} is null`),
    unique("cloud_standings_from_key").on(t.systemId, t.fromOn),
    index("cloud_standings_unit_idx").on(t.regionId, t.unitId),
    index("cloud_standings_batch_idx").on(t.batchId),
  ],
);

/** That a system is left out of the cloud rate, comes into it, or may stay: proposed by one person, confirmed by another. */
export const scopeDecisions = pgTable(
  "scope_decisions",
  {
    id: id(),
    systemId: uuid("system_id")
      .notNull()
      .references(() => systems.id),
    regionId: regionId(),
    unitId: uuid("unit_id")
      .notNull()
      .references(() => units.id),
    state: text("state").$type<ScopeDecisionState>().notNull(),
    scope: text("scope").$type<ScopeResult>().notNull(),
    reason: text("reason").$type<ScopeReason>(),
    managed: boolean("managed").notNull().default(false),
    /** what the rule was asked with and what it said */
    facts: jsonb("facts").$type<Record<string, string | number | boolean | null>>().notNull(),
    explanation: text("explanation").notNull().default(""),
    fileId: uuid("file_id").references(() => files.id),
    proposedBy: text("proposed_by").notNull(),
    proposedAt: instant("proposed_at").notNull(),
    decidedBy: text("decided_by"),
    decidedAt: instant("decided_at"),
    opinion: text("opinion").notNull().default(""),
    version: version(),
  },
  (t) => [
    oneOf("scope_decisions_state_check", t.state, SCOPE_DECISION_STATES),
    oneOf("scope_decisions_scope_check", t.scope, SCOPE_RESULTS),
    oneOf("scope_decisions_reason_check", t.reason, SCOPE_REASONS),
    uniqueIndex("scope_decisions_open_key")
      .on(t.systemId)
      .where(sql`${t.state} = 'proposed'`),
    index("scope_decisions_list_idx").on(t.regionId, t.state),
    index("scope_decisions_system_idx").on(t.systemId, t.proposedAt),
  ],
);

/**
 * One of the seven steps of cloud migration, completed on a day, with its evidence. A step that was rolled back keeps its
 * row: it counted until the day of the rollback.
 */
export const cloudSteps = pgTable(
  "cloud_steps",
  {
    id: id(),
    systemId: uuid("system_id")
      .notNull()
      .references(() => systems.id),
    step: text("step").$type<CloudStep>().notNull(),
    regionId: regionId(),
    completedOn: localDateColumn("completed_on").notNull(),
    evidence: text("evidence").notNull(),
    evidenceFileId: uuid("evidence_file_id").references(() => files.id),
    recordedBy: text("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull(),
    /** the first day on which it no longer counts */
    rolledBackOn: localDateColumn("rolled_back_on"),
    rolledBackBy: text("rolled_back_by"),
    rolledBackAt: instant("rolled_back_at"),
    rollbackReason: text("rollback_reason"),
  },
  (t) => [
    oneOf("cloud_steps_step_check", t.step, CLOUD_STEPS),
    uniqueIndex("cloud_steps_standing_key")
      .on(t.systemId, t.step)
      .where(sql`${t.rolledBackOn} is null`),
    index("cloud_steps_system_idx").on(t.systemId, t.completedOn),
    index("cloud_steps_date_idx").on(t.regionId, t.step, t.completedOn),
  ],
);

/** What keeps a system from its next step, from when to when; one at a time. */
export const cloudBlocks = pgTable(
  "cloud_blocks",
  {
    id: id(),
    systemId: uuid("system_id")
      .notNull()
      .references(() => systems.id),
    regionId: regionId(),
    step: text("step").$type<CloudStep>().notNull(),
    reason: text("reason").$type<BlockReason>().notNull(),
    detail: text("detail").notNull(),
    sinceOn: localDateColumn("since_on").notNull(),
    clearedOn: localDateColumn("cleared_on"),
    clearedNote: text("cleared_note"),
    reportedBy: text("reported_by").notNull(),
    reportedAt: instant("reported_at").notNull(),
    clearedBy: text("cleared_by"),
  },
  (t) => [
    oneOf("cloud_blocks_step_check", t.step, CLOUD_STEPS),
    oneOf("cloud_blocks_reason_check", t.reason, BLOCK_REASONS),
    uniqueIndex("cloud_blocks_open_key")
      .on(t.systemId)
      .where(sql`${t.clearedOn} is null`),
    index("cloud_blocks_list_idx").on(t.regionId, t.clearedOn),
  ],
);

/** How much of a cloud resource a system applied for, was opened, or uses, as of a day; the latest day holds. */
export const cloudResources = pgTable(
  "cloud_resources",
  {
    id: id(),
    systemId: uuid("system_id")
      .notNull()
      .references(() => systems.id),
    regionId: regionId(),
    kind: text("kind").$type<CloudResourceKind>().notNull(),
    stage: text("stage").$type<CloudResourceStage>().notNull(),
    /** whole cores or gigabytes */
    amount: integer("amount").notNull(),
    asOf: localDateColumn("as_of").notNull(),
    recordedBy: text("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull(),
  },
  (t) => [
    oneOf("cloud_resources_kind_check", t.kind, CLOUD_RESOURCE_KINDS),
    oneOf("cloud_resources_stage_check", t.stage, CLOUD_RESOURCE_STAGES),
    check("cloud_resources_amount_check", sql`${t.amount} >= 0`),
    unique("cloud_resources_day_key").on(t.systemId, t.kind, t.stage, t.asOf),
  ],
);
