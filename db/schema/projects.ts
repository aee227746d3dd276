import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";

import {
  ATTACHMENT_KINDS,
  BUDGET_CATEGORIES,
  FUNDING_SOURCES,
  GOAL_OPERATORS,
  HOSTINGS,
  LIGHTS,
  PROJECT_CLASSES,
  PROJECT_NATURES,
  PROJECT_STAGES,
  type AttachmentKind,
  type BudgetCategory,
  type FundingSource,
  type GoalOperator,
  type Hosting,
  type Light,
  type ProjectClass,
  type ProjectNature,
  type ProjectStage,
} from "../../app/kernel/vocabulary";
import { oneOf } from "../checks";
import { amountFen, id, instant, localDateColumn, regionId, version } from "../columns";
import { units } from "./identity";
import { files } from "./platform";

/**
 * A project (政务信息化项目). Text columns are empty strings while a draft is incomplete: completeness is a rule of the
 * filing, not a constraint of the table.
 */
export const projects = pgTable(
  "projects",
  {
    id: id(),
    regionId: regionId(),
    unitId: uuid("unit_id")
      .notNull()
      .references(() => units.id),
    /** the lead part of a cross-department project */
    parentId: uuid("parent_id"),
    code: text("code").notNull(),
    name: text("name").notNull(),
    normalizedName: text("normalized_name").notNull(),
    initials: text("initials").notNull(),
    year: integer("year").notNull(),
    class: text("class").$type<ProjectClass>(),
    nature: text("nature").$type<ProjectNature>(),
    field: text("field").notNull().default(""),
    stage: text("stage").$type<ProjectStage>().notNull(),
    basis: text("basis").notNull().default(""),
    leaderName: text("leader_name").notNull().default(""),
    liaisonName: text("liaison_name").notNull().default(""),
    liaisonPhone: text("liaison_phone").notNull().default(""),
    need: text("need").notNull().default(""),
    content: text("content").notNull().default(""),
    plannedStartOn: localDateColumn("planned_start_on"),
    plannedEndOn: localDateColumn("planned_end_on"),
    secret: boolean("secret"),
    mlpsLevel: integer("mlps_level"),
    hosting: text("hosting").$type<Hosting>(),
    hostingReason: text("hosting_reason").notNull().default(""),
    cryptoPlan: text("crypto_plan").notNull().default(""),
    mlpsFilingNumber: text("mlps_filing_number").notNull().default(""),
    noDataStatement: text("no_data_statement").notNull().default(""),
    differenceStatement: text("difference_statement").notNull().default(""),
    /** the total the applicant declares; must equal the sum of the lines @unit fen */
    declaredFen: amountFen("declared_fen").notNull(),
    reviewedFen: amountFen("reviewed_fen"),
    approvedFen: amountFen("approved_fen"),
    approvedOn: localDateColumn("approved_on"),
    startedOn: localDateColumn("started_on"),
    completedOn: localDateColumn("completed_on"),
    acceptedOn: localDateColumn("accepted_on"),
    light: text("light").$type<Light>().notNull().default("green"),
    lightReasons: jsonb("light_reasons").$type<{ code: string; facts: Record<string, string | number> }[]>().notNull(),
    lightAsOf: localDateColumn("light_as_of"),
    plannedPercent: numeric("planned_percent", { precision: 7, scale: 4 }),
    actualPercent: numeric("actual_percent", { precision: 7, scale: 4 }),
    /** its amounts were invented for a demonstration */
    demonstrationFigures: boolean("demonstration_figures").notNull().default(false),
    /** who holds it now and until when: the countdown of the work list */
    dueOn: localDateColumn("due_on"),
    createdBy: text("created_by").notNull(),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
    version: version(),
  },
  (t) => [
    oneOf("projects_stage_check", t.stage, PROJECT_STAGES),
    oneOf("projects_class_check", t.class, PROJECT_CLASSES),
    oneOf("projects_nature_check", t.nature, PROJECT_NATURES),
    oneOf("projects_hosting_check", t.hosting, HOSTINGS),
    oneOf("projects_light_check", t.light, LIGHTS),
    unique("projects_code_key").on(t.regionId, t.code),
    index("projects_unit_idx").on(t.regionId, t.unitId, t.stage),
    index("projects_list_idx").on(t.regionId, t.year, t.code),
    index("projects_stage_idx").on(t.stage, t.dueOn),
    index("projects_name_trgm_idx").using("gin", sql`${t.normalizedName} gin_trgm_ops`),
  ],
);

/** Last project number given per region and year. */
export const projectSequences = pgTable(
  "project_sequences",
  { regionId: regionId(), year: integer("year").notNull(), last: integer("last").notNull() },
  (t) => [primaryKey({ columns: [t.regionId, t.year] })],
);

/** Other units that take part (配合单位 or a further lead). */
export const projectUnits = pgTable(
  "project_units",
  {
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id),
    regionId: regionId(),
    role: text("role").$type<"lead" | "co">().notNull(),
    /** the name as the plan gives it: a unit or a named group */
    mention: text("mention").notNull(),
    unitId: uuid("unit_id").references(() => units.id),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.mention] }), index("project_units_unit_idx").on(t.unitId)],
);

export const budgetLines = pgTable(
  "budget_lines",
  {
    id: id(),
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id),
    regionId: regionId(),
    position: integer("position").notNull(),
    category: text("category").$type<BudgetCategory>().notNull(),
    name: text("name").notNull(),
    quantity: numeric("quantity", { precision: 14, scale: 2 }).notNull(),
    measureUnit: text("measure_unit").notNull(),
    unitPriceFen: amountFen("unit_price_fen").notNull(),
    declaredFen: amountFen("declared_fen").notNull(),
    reviewedFen: amountFen("reviewed_fen"),
    cutReason: text("cut_reason"),
    reviewedBy: text("reviewed_by"),
  },
  (t) => [
    oneOf("budget_lines_category_check", t.category, BUDGET_CATEGORIES),
    check("budget_lines_declared_check", sql`${t.declaredFen} >= 0`),
    check("budget_lines_reviewed_check", sql`${t.reviewedFen} between 0 and ${t.declaredFen}`),
    index("budget_lines_project_idx").on(t.projectId, t.position),
  ],
);

export const yearSplits = pgTable(
  "year_splits",
  {
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id),
    year: integer("year").notNull(),
    regionId: regionId(),
    amountFen: amountFen("amount_fen").notNull(),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.year] })],
);

export const fundingSources = pgTable(
  "funding_sources",
  {
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id),
    source: text("source").$type<FundingSource>().notNull(),
    regionId: regionId(),
    amountFen: amountFen("amount_fen").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.projectId, t.source] }),
    oneOf("funding_sources_source_check", t.source, FUNDING_SOURCES),
  ],
);

export const milestones = pgTable(
  "milestones",
  {
    id: id(),
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id),
    regionId: regionId(),
    position: integer("position").notNull(),
    name: text("name").notNull(),
    plannedOn: localDateColumn("planned_on").notNull(),
    /** planned cumulative progress when it is reached @unit percent */
    cumulativePercent: integer("cumulative_percent").notNull(),
    completedOn: localDateColumn("completed_on"),
    evidence: text("evidence"),
  },
  (t) => [index("milestones_project_idx").on(t.projectId, t.position)],
);

/** Performance goals (绩效目标) with measurable indicators. */
export const performanceGoals = pgTable(
  "performance_goals",
  {
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id),
    position: integer("position").notNull(),
    regionId: regionId(),
    name: text("name").notNull(),
    operator: text("operator").$type<GoalOperator>().notNull(),
    target: text("target").notNull(),
    measureUnit: text("measure_unit").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.projectId, t.position] }),
    oneOf("performance_goals_operator_check", t.operator, GOAL_OPERATORS),
  ],
);

/** The register of common components (统一身份认证, 电子证照 …). */
export const commonComponents = pgTable("common_components", {
  code: text("code").primaryKey(),
  name: text("name").notNull(),
  position: integer("position").notNull(),
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
    decision: text("decision").$type<"reuse" | "notFitting" | "notReused">().notNull(),
    reason: text("reason").notNull().default(""),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.componentCode] })],
);

export const attachments = pgTable(
  "attachments",
  {
    id: id(),
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id),
    regionId: regionId(),
    kind: text("kind").$type<AttachmentKind>().notNull(),
    fileId: uuid("file_id")
      .notNull()
      .references(() => files.id),
    removedAt: instant("removed_at"),
  },
  (t) => [oneOf("attachments_kind_check", t.kind, ATTACHMENT_KINDS), index("attachments_project_idx").on(t.projectId)],
);

/** What was handed in at each submission, as it was: for comparing rounds. */
export const projectSubmissions = pgTable(
  "project_submissions",
  {
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id),
    round: integer("round").notNull(),
    regionId: regionId(),
    content: jsonb("content").$type<unknown>().notNull(),
    digest: text("digest").notNull(),
    submittedBy: text("submitted_by").notNull(),
    submittedAt: instant("submitted_at").notNull(),
    receiptNumber: text("receipt_number").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.projectId, t.round] }),
    unique("submissions_receipt_key").on(t.regionId, t.receiptNumber),
  ],
);

/** One desk's turn on a project: opened with a limit, stopped while the applicant supplements, closed with an outcome. */
export const reviews = pgTable(
  "reviews",
  {
    id: id(),
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id),
    regionId: regionId(),
    kind: text("kind").$type<"approval" | "funding">().notNull(),
    round: integer("round").notNull(),
    openedAt: instant("opened_at").notNull(),
    dueOn: localDateColumn("due_on").notNull(),
    closedAt: instant("closed_at"),
    reviewerId: text("reviewer_id"),
    outcome: text("outcome").$type<"approved" | "returned" | "rejected">(),
    opinion: text("opinion"),
    version: version(),
  },
  (t) => [
    unique("reviews_round_key").on(t.projectId, t.kind, t.round),
    index("reviews_open_idx").on(t.kind, t.closedAt),
  ],
);

/** An expert's opinion on one project, with the declaration of avoidance (回避). */
export const expertOpinions = pgTable(
  "expert_opinions",
  {
    id: id(),
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id),
    regionId: regionId(),
    expertId: text("expert_id").notNull(),
    avoids: boolean("avoids"),
    opinion: text("opinion"),
    invitedAt: instant("invited_at").notNull(),
    givenAt: instant("given_at"),
  },
  (t) => [unique("expert_opinions_expert_key").on(t.projectId, t.expertId)],
);

/** A change (变更) of an approved project: filed for the record or approved again, as the rule says. */
export const projectChanges = pgTable(
  "project_changes",
  {
    id: id(),
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id),
    regionId: regionId(),
    reasonKind: text("reason_kind").notNull(),
    reason: text("reason").notNull(),
    movedFen: amountFen("moved_fen").notNull(),
    estimateFen: amountFen("estimate_fen").notNull(),
    route: text("route").$type<"filed" | "approval">().notNull(),
    state: text("state").$type<"open" | "accepted" | "refused">().notNull(),
    requestedBy: text("requested_by").notNull(),
    requestedAt: instant("requested_at").notNull(),
    decidedBy: text("decided_by"),
    decidedAt: instant("decided_at"),
    version: version(),
  },
  (t) => [index("project_changes_project_idx").on(t.projectId)],
);
