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
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

import {
  ATTACHMENT_KINDS,
  BUDGET_CATEGORIES,
  CHANGE_REASONS,
  CHANGE_ROUTES,
  CHANGE_STATES,
  EXPERT_VERDICTS,
  FUNDING_SOURCES,
  GOAL_OPERATORS,
  HOSTINGS,
  LIGHTS,
  PANEL_PURPOSES,
  PANEL_STATES,
  PROJECT_CLASSES,
  PROJECT_NATURES,
  PROJECT_STAGES,
  SHORTCUTS,
  type AttachmentKind,
  type BudgetCategory,
  type ChangeReason,
  type ChangeRoute,
  type ChangeState,
  type ExpertVerdict,
  type FundingSource,
  type GoalOperator,
  type Hosting,
  type Light,
  type PanelPurpose,
  type PanelState,
  type ProjectClass,
  type ProjectNature,
  type ProjectStage,
  type Shortcut,
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
    /** the earlier project it was copied from */
    copiedFromId: uuid("copied_from_id"),
    code: text("code").notNull(),
    name: text("name").notNull(),
    normalizedName: text("normalized_name").notNull(),
    /** the name without 一期, 二期 and the like, folded: what 查重 compares */
    comparedName: text("compared_name").notNull(),
    /** need and content, folded: what 查重 compares */
    comparedContent: text("compared_content").notNull().default(""),
    initials: text("initials").notNull(),
    /** character pairs of name, code and initials: what a search looks up */
    searchGrams: text("search_grams").array().notNull(),
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
    /** the estimate of the feasibility study (可研估算), when there is one @unit fen */
    feasibilityFen: amountFen("feasibility_fen"),
    reviewedFen: amountFen("reviewed_fen"),
    approvedFen: amountFen("approved_fen"),
    /** a filing may skip the expert panel on one of two grounds, with its basis document */
    shortcut: text("shortcut").$type<Shortcut>(),
    shortcutBasis: text("shortcut_basis").notNull().default(""),
    /** the stage it goes back to when it is resumed */
    suspendedFrom: text("suspended_from").$type<ProjectStage>(),
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
    oneOf("projects_shortcut_check", t.shortcut, SHORTCUTS),
    unique("projects_code_key").on(t.regionId, t.code),
    index("projects_unit_idx").on(t.regionId, t.unitId, t.stage),
    index("projects_list_idx").on(t.regionId, t.year, t.code),
    // One index per order of the list: its first page is then read, never sorted.
    index("projects_code_order_idx").on(t.code, t.id),
    index("projects_name_order_idx").on(sql`${t.name} collate "zh-Hans-CN-x-icu"`, t.id),
    index("projects_declared_order_idx").on(t.declaredFen, t.id),
    index("projects_updated_order_idx").on(t.updatedAt, t.id),
    index("projects_stage_idx").on(t.stage, t.dueOn),
    index("projects_parent_idx").on(t.parentId),
    index("projects_search_idx").using("gin", t.searchGrams),
    index("projects_compared_name_trgm_idx").using("gin", sql`${t.comparedName} gin_trgm_ops`),
    index("projects_compared_content_trgm_idx").using("gin", sql`${t.comparedContent} gin_trgm_ops`),
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

/** The systems of the inventory that an operation and maintenance project keeps running; named in the filing. */
export const maintainedSystems = pgTable(
  "maintained_systems",
  {
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id),
    /** of the systems table, which stands in a file that builds on this one */
    systemId: uuid("system_id").notNull(),
    regionId: regionId(),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.systemId] }), index("maintained_systems_system_idx").on(t.systemId)],
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
    /** what 查重 found that day, as the module's own type says */
    similar: jsonb("similar").$type<unknown>().notNull(),
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
    kind: text("kind").$type<"formCheck" | "approval" | "funding">().notNull(),
    round: integer("round").notNull(),
    openedAt: instant("opened_at").notNull(),
    dueOn: localDateColumn("due_on").notNull(),
    closedAt: instant("closed_at"),
    /** working days beyond the limit when it closed: the reviewer's own lateness @unit workdays */
    lateWorkdays: integer("late_workdays"),
    reviewerId: text("reviewer_id"),
    outcome: text("outcome").$type<"approved" | "returned" | "rejected">(),
    opinion: text("opinion"),
    /** what the reviewer ticked off of the form check's list, by the names that the module gives them */
    checks: text("checks").array(),
    version: version(),
  },
  (t) => [
    index("reviews_region_idx").on(t.regionId, t.openedAt),
    unique("reviews_round_key").on(t.projectId, t.kind, t.round),
    index("reviews_open_idx").on(t.kind, t.closedAt),
  ],
);

/** An expert panel (专家组) on a project: convened by the bureau, odd in number, concluded with one summary. */
export const expertPanels = pgTable(
  "expert_panels",
  {
    id: id(),
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id),
    regionId: regionId(),
    purpose: text("purpose").$type<PanelPurpose>().notNull().default("approval"),
    state: text("state").$type<PanelState>().notNull(),
    questions: text("questions").notNull().default(""),
    convenedBy: text("convened_by").notNull(),
    convenedAt: instant("convened_at").notNull(),
    dueOn: localDateColumn("due_on").notNull(),
    /** what the majority of the opinions says; a verdict that deviates from it has its reason */
    proposedVerdict: text("proposed_verdict").$type<ExpertVerdict>(),
    verdict: text("verdict").$type<ExpertVerdict>(),
    deviationReason: text("deviation_reason"),
    summary: text("summary"),
    concludedBy: text("concluded_by"),
    concludedAt: instant("concluded_at"),
    cancelReason: text("cancel_reason"),
    version: version(),
  },
  (t) => [
    oneOf("expert_panels_state_check", t.state, PANEL_STATES),
    oneOf("expert_panels_purpose_check", t.purpose, PANEL_PURPOSES),
    oneOf("expert_panels_verdict_check", t.verdict, EXPERT_VERDICTS),
    uniqueIndex("expert_panels_open_key")
      .on(t.projectId)
      .where(sql`${t.state} = 'open'`),
    index("expert_panels_project_idx").on(t.projectId),
  ],
);

/** An expert's opinion on one project, with the declaration of avoidance (回避). */
export const expertOpinions = pgTable(
  "expert_opinions",
  {
    id: id(),
    panelId: uuid("panel_id")
      .notNull()
      .references(() => expertPanels.id),
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id),
    regionId: regionId(),
    expertId: text("expert_id").notNull(),
    invitedAt: instant("invited_at").notNull(),
    /** null until the expert declares whether he must avoid */
    avoids: boolean("avoids"),
    avoidReason: text("avoid_reason").notNull().default(""),
    declaredAt: instant("declared_at"),
    /** the opinion form: a mark and a remark for each question, as the module's own type says */
    marks: jsonb("marks").$type<unknown>(),
    verdict: text("verdict").$type<ExpertVerdict>(),
    opinion: text("opinion"),
    givenAt: instant("given_at"),
    /** the bureau gave the seat to somebody else because no opinion came */
    releasedAt: instant("released_at"),
    releaseReason: text("release_reason"),
    /** the freed seat that this one takes */
    replacesId: uuid("replaces_id"),
    version: version(),
  },
  (t) => [
    oneOf("expert_opinions_verdict_check", t.verdict, EXPERT_VERDICTS),
    unique("expert_opinions_expert_key").on(t.panelId, t.expertId),
    unique("expert_opinions_seat_key").on(t.replacesId),
    index("expert_opinions_expert_idx").on(t.expertId, t.givenAt),
    index("expert_opinions_project_idx").on(t.projectId),
  ],
);

/** A change (变更) of an approved project: filed for the record or approved again, as two independent checks say. */
export const projectChanges = pgTable(
  "project_changes",
  {
    id: id(),
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id),
    regionId: regionId(),
    number: integer("number").notNull(),
    reasonKind: text("reason_kind").$type<ChangeReason>().notNull(),
    reason: text("reason").notNull(),
    content: text("content").notNull(),
    /** moved inside the approved estimate @unit fen */
    movedFen: amountFen("moved_fen").notNull(),
    /** the approved estimate the move is measured against @unit fen */
    estimateFen: amountFen("estimate_fen").notNull(),
    /** the estimate after the change @unit fen */
    newEstimateFen: amountFen("new_estimate_fen").notNull(),
    /** the feasibility estimate the new one is measured against, when there is one @unit fen */
    feasibilityFen: amountFen("feasibility_fen"),
    /** as it was when the change was asked for */
    plannedEndOn: localDateColumn("planned_end_on"),
    newPlannedEndOn: localDateColumn("new_planned_end_on"),
    /** what the two checks said, with the figures in force that day */
    route: text("route").$type<ChangeRoute>(),
    mustBeReported: boolean("must_be_reported"),
    checks: jsonb("checks").$type<unknown>(),
    fileId: uuid("file_id").references(() => files.id),
    state: text("state").$type<ChangeState>().notNull(),
    requestedBy: text("requested_by").notNull(),
    requestedAt: instant("requested_at").notNull(),
    signedBy: text("signed_by"),
    signedAt: instant("signed_at"),
    dueOn: localDateColumn("due_on"),
    decidedBy: text("decided_by"),
    decidedAt: instant("decided_at"),
    opinion: text("opinion"),
    version: version(),
  },
  (t) => [
    oneOf("project_changes_state_check", t.state, CHANGE_STATES),
    oneOf("project_changes_route_check", t.route, CHANGE_ROUTES),
    oneOf("project_changes_reason_check", t.reasonKind, CHANGE_REASONS),
    unique("project_changes_number_key").on(t.projectId, t.number),
    uniqueIndex("project_changes_open_key")
      .on(t.projectId)
      .where(sql`${t.state} in ('draft', 'signing', 'open')`),
    index("project_changes_list_idx").on(t.regionId, t.requestedAt),
  ],
);
