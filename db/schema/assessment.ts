import { boolean, index, integer, jsonb, numeric, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";

import type { Period } from "../../app/kernel/period";
import { PERIOD_STATES, UNIT_GROUPS, type Grade, type PeriodState, type UnitGroup } from "../../app/kernel/vocabulary";
import { oneOf } from "../checks";
import { id, instant, localDateColumn, regionId, version } from "../columns";
import { units } from "./identity";

/** A version of an assessment scheme. Once published its content never changes. */
export const schemes = pgTable(
  "schemes",
  {
    id: id(),
    regionId: regionId(),
    code: text("code").notNull(),
    number: integer("number").notNull(),
    name: text("name").notNull(),
    inForceFrom: localDateColumn("in_force_from").notNull(),
    content: jsonb("content").$type<unknown>().notNull(),
    contentHash: text("content_hash").notNull(),
    publishedAt: instant("published_at"),
  },
  (t) => [unique("schemes_version_key").on(t.regionId, t.code, t.number)],
);

/** An assessed month of a region: frozen facts, then scores, then final. */
export const assessmentPeriods = pgTable(
  "assessment_periods",
  {
    id: id(),
    regionId: regionId(),
    period: text("period").$type<Period>().notNull(),
    schemeId: uuid("scheme_id")
      .notNull()
      .references(() => schemes.id),
    state: text("state").$type<PeriodState>().notNull(),
    cutoffAt: instant("cutoff_at"),
    /** hash of the canonical facts, and of the canonical score sheets computed from them */
    factsHash: text("facts_hash"),
    sheetsHash: text("sheets_hash"),
    frozenBy: text("frozen_by"),
    publishedAt: instant("published_at"),
    confirmedBy: text("confirmed_by"),
    finalAt: instant("final_at"),
    version: version(),
  },
  (t) => [
    oneOf("assessment_periods_state_check", t.state, PERIOD_STATES),
    unique("assessment_periods_key").on(t.regionId, t.period),
  ],
);

/** A measured record: one row behind a figure. The sum of the rows is the figure, by construction. */
export const frozenFactRows = pgTable(
  "frozen_fact_rows",
  {
    periodId: uuid("period_id")
      .notNull()
      .references(() => assessmentPeriods.id),
    measure: text("measure").notNull(),
    unitId: uuid("unit_id").notNull(),
    regionId: regionId(),
    position: integer("position").notNull(),
    subjectType: text("subject_type").notNull(),
    subjectId: uuid("subject_id").notNull(),
    label: text("label").notNull(),
    numerator: numeric("numerator").notNull(),
    denominator: numeric("denominator").notNull(),
    note: text("note").notNull(),
  },
  (t) => [primaryKey({ columns: [t.periodId, t.unitId, t.measure, t.position] })],
);

/** A unit's value of a measure in a frozen period: the exact sums of its rows. */
export const frozenFacts = pgTable(
  "frozen_facts",
  {
    periodId: uuid("period_id")
      .notNull()
      .references(() => assessmentPeriods.id),
    measure: text("measure").notNull(),
    unitId: uuid("unit_id").notNull(),
    regionId: regionId(),
    numerator: numeric("numerator").notNull(),
    denominator: numeric("denominator").notNull(),
    applicable: boolean("applicable").notNull(),
  },
  (t) => [primaryKey({ columns: [t.periodId, t.unitId, t.measure] })],
);

/** A unit's score sheet of a frozen period, as computed, with its place in its group. */
export const scoreSheets = pgTable(
  "score_sheets",
  {
    periodId: uuid("period_id")
      .notNull()
      .references(() => assessmentPeriods.id),
    unitId: uuid("unit_id")
      .notNull()
      .references(() => units.id),
    regionId: regionId(),
    /** the unit's name on the day of the cut-off */
    unitName: text("unit_name").notNull(),
    group: text("group").$type<UnitGroup>().notNull(),
    total: numeric("total", { precision: 7, scale: 2 }).notNull(),
    totalExact: text("total_exact").notNull(),
    grade: text("grade").$type<Grade>().notNull(),
    place: integer("place").notNull(),
    previousPlace: integer("previous_place"),
    content: jsonb("content").$type<unknown>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.periodId, t.unitId] }),
    oneOf("score_sheets_group_check", t.group, UNIT_GROUPS),
    index("score_sheets_ranking_idx").on(t.periodId, t.group, t.place),
    index("score_sheets_unit_idx").on(t.unitId, t.periodId),
  ],
);

/** A score that a person gives for a manual leaf, with its evidence and the second person who confirmed it. */
export const manualScores = pgTable(
  "manual_scores",
  {
    periodId: uuid("period_id")
      .notNull()
      .references(() => assessmentPeriods.id),
    unitId: uuid("unit_id").notNull(),
    leaf: text("leaf").notNull(),
    regionId: regionId(),
    points: numeric("points", { precision: 7, scale: 2 }).notNull(),
    evidence: text("evidence").notNull(),
    scoredBy: text("scored_by").notNull(),
    confirmedBy: text("confirmed_by"),
    version: version(),
  },
  (t) => [primaryKey({ columns: [t.periodId, t.unitId, t.leaf] })],
);

/** A unit's objection (申诉) to its published score. */
export const objections = pgTable(
  "objections",
  {
    id: id(),
    periodId: uuid("period_id")
      .notNull()
      .references(() => assessmentPeriods.id),
    unitId: uuid("unit_id").notNull(),
    regionId: regionId(),
    leaf: text("leaf").notNull(),
    reason: text("reason").notNull(),
    raisedBy: text("raised_by").notNull(),
    raisedAt: instant("raised_at").notNull(),
    answer: text("answer"),
    upheld: boolean("upheld"),
    answeredBy: text("answered_by"),
    answeredAt: instant("answered_at"),
    version: version(),
  },
  (t) => [index("objections_period_idx").on(t.periodId, t.unitId)],
);
