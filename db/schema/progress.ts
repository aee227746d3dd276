import { sql } from "drizzle-orm";
import {
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

import type { Period } from "../../app/kernel/period";
import {
  COORDINATION_STATES,
  EXPLAINED,
  LIGHTS,
  type CoordinationState,
  type Explained,
  type Light,
} from "../../app/kernel/vocabulary";
import { oneOf } from "../checks";
import { amountFen, id, instant, localDateColumn, regionId, version } from "../columns";
import { units } from "./identity";
import { files } from "./platform";
import { milestones, projects } from "./projects";
import { supervisionItems } from "./supervision";

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

/** A file of a report: the proof of a milestone, or what belongs to the month as a whole. */
export const reportFiles = pgTable(
  "report_files",
  {
    id: id(),
    reportId: uuid("report_id")
      .notNull()
      .references(() => monthlyReports.id, { onDelete: "cascade" }),
    /** null: of the month as a whole */
    milestoneId: uuid("milestone_id").references(() => milestones.id),
    regionId: regionId(),
    fileId: uuid("file_id")
      .notNull()
      .references(() => files.id),
    addedBy: text("added_by").notNull(),
    addedAt: instant("added_at").notNull(),
    /** taken away before the signature; what was signed stays */
    removedAt: instant("removed_at"),
  },
  (t) => [index("report_files_report_idx").on(t.reportId, t.milestoneId)],
);

/** What a unit says about a late or missing report, or a light; the fact of the clock stays as it is. Never updated. */
export const reportExplanations = pgTable(
  "report_explanations",
  {
    id: id(),
    reportId: uuid("report_id")
      .notNull()
      .references(() => monthlyReports.id, { onDelete: "cascade" }),
    regionId: regionId(),
    about: text("about").$type<Explained>().notNull(),
    text: text("text").notNull(),
    writtenBy: text("written_by").notNull(),
    writtenAt: instant("written_at").notNull(),
  },
  (t) => [
    oneOf("report_explanations_about_check", t.about, EXPLAINED),
    index("report_explanations_report_idx").on(t.reportId, t.writtenAt),
  ],
);

/** Which reminder of a report was sent: the row is written with the message, so that none is sent twice or lost. */
export const reportReminders = pgTable(
  "report_reminders",
  {
    reportId: uuid("report_id")
      .notNull()
      .references(() => monthlyReports.id, { onDelete: "cascade" }),
    stage: text("stage").notNull(),
    regionId: regionId(),
    sentOn: localDateColumn("sent_on").notNull(),
  },
  (t) => [primaryKey({ columns: [t.reportId, t.stage] })],
);

/** 需协调事项: what a unit asks the leading group to settle, raised by a signed report; at most one open of a project. */
export const coordinationMatters = pgTable(
  "coordination_matters",
  {
    id: id(),
    regionId: regionId(),
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id),
    unitId: uuid("unit_id")
      .notNull()
      .references(() => units.id),
    /** the report that raised it first, and the one that said it last */
    raisedByReportId: uuid("raised_by_report_id")
      .notNull()
      .references(() => monthlyReports.id),
    lastReportId: uuid("last_report_id")
      .notNull()
      .references(() => monthlyReports.id),
    text: text("text").notNull(),
    state: text("state").$type<CoordinationState>().notNull(),
    raisedOn: localDateColumn("raised_on").notNull(),
    /** until when the leading group should have answered */
    answerDueOn: localDateColumn("answer_due_on").notNull(),
    /** the bureau's advice to the leading group */
    advice: text("advice"),
    advisedBy: text("advised_by"),
    advisedAt: instant("advised_at"),
    answer: text("answer"),
    answeredBy: text("answered_by"),
    answeredAt: instant("answered_at"),
    itemId: uuid("item_id").references(() => supervisionItems.id),
    endedOn: localDateColumn("ended_on"),
    version: version(),
  },
  (t) => [
    oneOf("coordination_matters_state_check", t.state, COORDINATION_STATES),
    uniqueIndex("coordination_matters_open_key")
      .on(t.projectId)
      .where(sql`${t.endedOn} is null`),
    index("coordination_matters_list_idx").on(t.regionId, t.state, t.answerDueOn),
    index("coordination_matters_unit_idx").on(t.unitId, t.raisedOn),
    index("coordination_matters_item_idx").on(t.itemId),
  ],
);
