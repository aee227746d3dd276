import { boolean, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";

import type { Period } from "../../app/kernel/period";
import {
  DEADLINE_KINDS,
  LEDGER_PLAN_STATES,
  LEDGER_TASK_STATES,
  type DeadlineKind,
  type LedgerPlanState,
  type LedgerTaskState,
} from "../../app/kernel/vocabulary";
import { oneOf } from "../checks";
import { id, instant, localDateColumn, regionId, version } from "../columns";
import { units } from "./identity";
import { files } from "./platform";

/** A plan (方案、要点) whose tasks are followed as a ledger. While it is being confirmed its tasks are nobody's duty. */
export const ledgerPlans = pgTable(
  "ledger_plans",
  {
    id: id(),
    regionId: regionId(),
    title: text("title").notNull(),
    /** 文号 */
    documentNumber: text("document_number").notNull().default(""),
    issuedOn: localDateColumn("issued_on").notNull(),
    state: text("state").$type<LedgerPlanState>().notNull(),
    /** the sheet it was read from */
    fileId: uuid("file_id").references(() => files.id),
    importedBy: text("imported_by").notNull(),
    importedAt: instant("imported_at").notNull(),
    version: version(),
  },
  (t) => [
    oneOf("ledger_plans_state_check", t.state, LEDGER_PLAN_STATES),
    unique("ledger_plans_title_key").on(t.regionId, t.title),
  ],
);

/** A dated moment of a ledger task's deadline. */
export interface DeadlineMoment {
  readonly on: string;
  readonly what: string;
  readonly mode: "by" | "from";
}

/** A task of a plan's ledger (任务台账), with what the import understood and what it doubted. */
export const ledgerTasks = pgTable(
  "ledger_tasks",
  {
    id: id(),
    regionId: regionId(),
    planId: uuid("plan_id")
      .notNull()
      .references(() => ledgerPlans.id),
    number: integer("number").notNull(),
    section: text("section").notNull(),
    title: text("title"),
    content: text("content").notNull(),
    deadlineKind: text("deadline_kind").$type<DeadlineKind>().notNull(),
    deadlineText: text("deadline_text").notNull(),
    deadlines: jsonb("deadlines").$type<DeadlineMoment[]>().notNull(),
    doubts: jsonb("doubts").$type<{ code: string; facts?: Record<string, string | number> }[]>().notNull(),
    confirmed: boolean("confirmed").notNull().default(false),
    state: text("state").$type<LedgerTaskState>().notNull().default("open"),
    /** what the lead unit said when it asked to close the task, and who */
    closingStatement: text("closing_statement"),
    closingBy: text("closing_by"),
    closedBy: text("closed_by"),
    closedOn: localDateColumn("closed_on"),
    /** the row of the sheet as it stood there, for the person who confirms */
    original: jsonb("original").$type<Record<string, string>>(),
    version: version(),
  },
  (t) => [
    oneOf("ledger_tasks_deadline_kind_check", t.deadlineKind, DEADLINE_KINDS),
    oneOf("ledger_tasks_state_check", t.state, LEDGER_TASK_STATES),
    unique("ledger_tasks_number_key").on(t.planId, t.number),
    index("ledger_tasks_region_idx").on(t.regionId, t.planId),
  ],
);

/** A unit or named group that a ledger task names, as lead (牵头) or responsible (责任). */
export const ledgerTaskUnits = pgTable(
  "ledger_task_units",
  {
    taskId: uuid("task_id")
      .notNull()
      .references(() => ledgerTasks.id),
    role: text("role").$type<"lead" | "responsible">().notNull(),
    position: integer("position").notNull(),
    regionId: regionId(),
    mention: text("mention").notNull(),
    kind: text("kind").$type<"unit" | "group">().notNull(),
    unitId: uuid("unit_id").references(() => units.id),
  },
  (t) => [primaryKey({ columns: [t.taskId, t.role, t.position] }), index("ledger_task_units_unit_idx").on(t.unitId)],
);

/** A dated part of a task that is proven done: its position among the task's dates. */
export const ledgerMomentsMet = pgTable(
  "ledger_moments_met",
  {
    taskId: uuid("task_id")
      .notNull()
      .references(() => ledgerTasks.id, { onDelete: "cascade" }),
    position: integer("position").notNull(),
    regionId: regionId(),
    metOn: localDateColumn("met_on").notNull(),
    evidence: text("evidence").notNull(),
    reportedBy: text("reported_by").notNull(),
  },
  (t) => [primaryKey({ columns: [t.taskId, t.position] })],
);

/** What a unit reports of a task in a month; written again it replaces the month's text, the history is in the events. */
export const ledgerUpdates = pgTable(
  "ledger_updates",
  {
    id: id(),
    taskId: uuid("task_id")
      .notNull()
      .references(() => ledgerTasks.id, { onDelete: "cascade" }),
    unitId: uuid("unit_id")
      .notNull()
      .references(() => units.id),
    regionId: regionId(),
    period: text("period").$type<Period>().notNull(),
    progress: text("progress").notNull(),
    /** what stands in the way; empty: nothing */
    difficulty: text("difficulty").notNull().default(""),
    writtenBy: text("written_by").notNull(),
    writtenAt: instant("written_at").notNull(),
    version: version(),
  },
  (t) => [
    unique("ledger_updates_key").on(t.taskId, t.unitId, t.period),
    index("ledger_updates_unit_idx").on(t.unitId, t.period),
  ],
);

/** A file that proves what a unit reported of a task, or that the task is done (no update). */
export const ledgerFiles = pgTable(
  "ledger_files",
  {
    id: id(),
    taskId: uuid("task_id")
      .notNull()
      .references(() => ledgerTasks.id, { onDelete: "cascade" }),
    updateId: uuid("update_id").references(() => ledgerUpdates.id),
    regionId: regionId(),
    fileId: uuid("file_id")
      .notNull()
      .references(() => files.id),
    addedBy: text("added_by").notNull(),
    addedAt: instant("added_at").notNull(),
  },
  (t) => [index("ledger_files_task_idx").on(t.taskId)],
);
