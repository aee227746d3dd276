import { boolean, index, integer, jsonb, numeric, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";

import type { Period } from "../../app/kernel/period";
import { DEADLINE_KINDS, LIGHTS, type DeadlineKind, type Light } from "../../app/kernel/vocabulary";
import { oneOf } from "../checks";
import { amountFen, id, instant, localDateColumn, regionId, version } from "../columns";
import { units } from "./identity";
import { milestones, projects } from "./projects";

/**
 * The duty to report one month of one project, opened by a job, answered by the first signed version. Whether it was on
 * time, late or missing follows from `due_on`, `first_submitted_at` and the clock; nobody writes it.
 */
export const monthlyReports = pgTable(
  "monthly_reports",
  {
    id: id(),
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id),
    unitId: uuid("unit_id")
      .notNull()
      .references(() => units.id),
    regionId: regionId(),
    period: text("period").$type<Period>().notNull(),
    dueOn: localDateColumn("due_on").notNull(),
    state: text("state").$type<"open" | "draft" | "awaitingSignature" | "signed">().notNull(),
    plannedPercent: numeric("planned_percent", { precision: 7, scale: 4 }),
    actualPercent: numeric("actual_percent", { precision: 7, scale: 4 }),
    doneThisMonth: text("done_this_month").notNull().default(""),
    nextMonth: text("next_month").notNull().default(""),
    problems: text("problems").notNull().default(""),
    /** 需协调事项: what the leading group is asked to settle */
    mattersToSettle: text("matters_to_settle").notNull().default(""),
    /** confirmed payments of the month, from finance @unit fen */
    spentFen: amountFen("spent_fen"),
    spentTotalFen: amountFen("spent_total_fen"),
    /** the light of this month, with the reasons that set it */
    light: text("light").$type<Light>(),
    lightReasons: jsonb("light_reasons").$type<{ code: string; facts: Record<string, string | number> }[]>(),
    filledBy: text("filled_by"),
    signedBy: text("signed_by"),
    firstSubmittedAt: instant("first_submitted_at"),
    submittedAt: instant("submitted_at"),
    version: version(),
  },
  (t) => [
    oneOf("monthly_reports_light_check", t.light, LIGHTS),
    unique("monthly_reports_key").on(t.projectId, t.period),
    index("monthly_reports_period_idx").on(t.regionId, t.period, t.unitId),
    index("monthly_reports_due_idx").on(t.firstSubmittedAt, t.dueOn),
  ],
);

/** Every signed version of a report, as it was. */
export const monthlyReportVersions = pgTable(
  "monthly_report_versions",
  {
    reportId: uuid("report_id")
      .notNull()
      .references(() => monthlyReports.id),
    number: integer("number").notNull(),
    regionId: regionId(),
    content: jsonb("content").$type<unknown>().notNull(),
    submittedBy: text("submitted_by").notNull(),
    submittedAt: instant("submitted_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.reportId, t.number] })],
);

/** A milestone that a report says is reached, with its proof; the signature carries it over to the milestone. */
export const reportedMilestones = pgTable(
  "reported_milestones",
  {
    reportId: uuid("report_id")
      .notNull()
      .references(() => monthlyReports.id),
    milestoneId: uuid("milestone_id")
      .notNull()
      .references(() => milestones.id),
    regionId: regionId(),
    completedOn: localDateColumn("completed_on").notNull(),
    evidence: text("evidence").notNull(),
  },
  (t) => [primaryKey({ columns: [t.reportId, t.milestoneId] })],
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
    plan: text("plan").notNull(),
    number: integer("number").notNull(),
    section: text("section").notNull(),
    title: text("title"),
    content: text("content").notNull(),
    deadlineKind: text("deadline_kind").$type<DeadlineKind>().notNull(),
    deadlineText: text("deadline_text").notNull(),
    deadlines: jsonb("deadlines").$type<DeadlineMoment[]>().notNull(),
    doubts: jsonb("doubts").$type<{ code: string; facts?: Record<string, string | number> }[]>().notNull(),
    confirmed: boolean("confirmed").notNull().default(false),
    progress: text("progress").notNull().default(""),
    closedOn: localDateColumn("closed_on"),
    version: version(),
  },
  (t) => [
    oneOf("ledger_tasks_deadline_kind_check", t.deadlineKind, DEADLINE_KINDS),
    unique("ledger_tasks_number_key").on(t.regionId, t.plan, t.number),
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
