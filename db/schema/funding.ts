import { sql } from "drizzle-orm";
import {
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

import {
  ENTRY_STATES,
  FUNDING_SOURCES,
  PAYMENT_MATCHES,
  PAYMENT_SHEET_STATES,
  PLAN_ADJUSTMENT_STATES,
  PROCUREMENT_METHODS,
  type EntryState,
  type FundingSource,
  type PaymentMatch,
  type PaymentSheetState,
  type PlanAdjustmentState,
  type ProcurementMethod,
} from "../../app/kernel/vocabulary";
import { oneOf } from "../checks";
import { amountFen, id, instant, localDateColumn, regionId, version } from "../columns";
import { units } from "./identity";
import { files } from "./platform";
import { projects } from "./projects";

/** What a unit may spend in a year from one source (年度资金计划); the amount is what its confirmed adjustments come to. */
export const fundingPlans = pgTable(
  "funding_plans",
  {
    id: id(),
    regionId: regionId(),
    unitId: uuid("unit_id")
      .notNull()
      .references(() => units.id),
    year: integer("year").notNull(),
    source: text("source").$type<FundingSource>().notNull(),
    amountFen: amountFen("amount_fen").notNull(),
    version: version(),
  },
  (t) => [
    oneOf("funding_plans_source_check", t.source, FUNDING_SOURCES),
    check("funding_plans_amount_check", sql`${t.amountFen} >= 0`),
    unique("funding_plans_key").on(t.regionId, t.year, t.unitId, t.source),
  ],
);

/** A change of a plan, the first one included: proposed by one person of finance, confirmed by another. Never rewritten. */
export const fundingPlanAdjustments = pgTable(
  "funding_plan_adjustments",
  {
    id: id(),
    regionId: regionId(),
    planId: uuid("plan_id")
      .notNull()
      .references(() => fundingPlans.id),
    number: integer("number").notNull(),
    beforeFen: amountFen("before_fen").notNull(),
    afterFen: amountFen("after_fen").notNull(),
    reason: text("reason").notNull(),
    /** the paper it rests on, by its number */
    basis: text("basis").notNull().default(""),
    state: text("state").$type<PlanAdjustmentState>().notNull(),
    proposedBy: text("proposed_by").notNull(),
    proposedAt: instant("proposed_at").notNull(),
    decidedBy: text("decided_by"),
    decidedAt: instant("decided_at"),
    opinion: text("opinion"),
    version: version(),
  },
  (t) => [
    oneOf("funding_plan_adjustments_state_check", t.state, PLAN_ADJUSTMENT_STATES),
    check("funding_plan_adjustments_after_check", sql`${t.afterFen} >= 0`),
    unique("funding_plan_adjustments_number_key").on(t.planId, t.number),
    uniqueIndex("funding_plan_adjustments_open_key")
      .on(t.planId)
      .where(sql`${t.state} = 'proposed'`),
  ],
);

/** Money that arrived (到位) for a project: entered by finance, confirmed by another person. It counts once confirmed. */
export const arrivals = pgTable(
  "arrivals",
  {
    id: id(),
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id),
    regionId: regionId(),
    amountFen: amountFen("amount_fen").notNull(),
    arrivedOn: localDateColumn("arrived_on").notNull(),
    source: text("source").$type<FundingSource>().notNull().default("cityBudget"),
    /** number of the paper that released it (指标文号) */
    documentNumber: text("document_number").notNull().default(""),
    state: text("state").$type<EntryState>().notNull(),
    enteredBy: text("entered_by").notNull(),
    enteredAt: instant("entered_at").notNull(),
    confirmedBy: text("confirmed_by"),
    confirmedAt: instant("confirmed_at"),
    /** why it was returned or declared void */
    stateReason: text("state_reason"),
    version: version(),
  },
  (t) => [
    oneOf("arrivals_state_check", t.state, ENTRY_STATES),
    oneOf("arrivals_source_check", t.source, FUNDING_SOURCES),
    check("arrivals_amount_check", sql`${t.amountFen} > 0`),
    index("arrivals_project_idx").on(t.projectId, t.arrivedOn),
    index("arrivals_state_idx").on(t.regionId, t.state),
  ],
);

/** A contract of a project: entered by its unit, confirmed by finance. All of a project's together stay within its reviewed amount. */
export const contracts = pgTable(
  "contracts",
  {
    id: id(),
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id),
    regionId: regionId(),
    number: text("number").notNull(),
    name: text("name").notNull(),
    supplier: text("supplier").notNull(),
    supplierCreditCode: text("supplier_credit_code").notNull().default(""),
    operatorUnitId: uuid("operator_unit_id").references(() => units.id),
    procurementMethod: text("procurement_method").$type<ProcurementMethod>().notNull(),
    /** as its confirmed changes made it @unit fen */
    amountFen: amountFen("amount_fen").notNull(),
    signedOn: localDateColumn("signed_on").notNull(),
    endsOn: localDateColumn("ends_on"),
    fileId: uuid("file_id").references(() => files.id),
    state: text("state").$type<EntryState>().notNull(),
    enteredBy: text("entered_by").notNull(),
    enteredAt: instant("entered_at").notNull(),
    confirmedBy: text("confirmed_by"),
    confirmedAt: instant("confirmed_at"),
    stateReason: text("state_reason"),
    version: version(),
  },
  (t) => [
    oneOf("contracts_state_check", t.state, ENTRY_STATES),
    oneOf("contracts_procurement_method_check", t.procurementMethod, PROCUREMENT_METHODS),
    check("contracts_amount_check", sql`${t.amountFen} > 0`),
    // what was declared void leaves its number to the one that is right
    uniqueIndex("contracts_number_key")
      .on(t.regionId, t.number)
      .where(sql`${t.state} <> 'void'`),
    index("contracts_project_idx").on(t.projectId),
    index("contracts_state_idx").on(t.regionId, t.state),
    index("contracts_operator_idx").on(t.operatorUnitId),
  ],
);

/** A change of a contract (合同变更): its amount or its end, entered by the unit, confirmed by finance. */
export const contractChanges = pgTable(
  "contract_changes",
  {
    id: id(),
    regionId: regionId(),
    contractId: uuid("contract_id")
      .notNull()
      .references(() => contracts.id),
    number: integer("number").notNull(),
    beforeFen: amountFen("before_fen").notNull(),
    afterFen: amountFen("after_fen").notNull(),
    beforeEndsOn: localDateColumn("before_ends_on"),
    afterEndsOn: localDateColumn("after_ends_on"),
    reason: text("reason").notNull(),
    fileId: uuid("file_id").references(() => files.id),
    state: text("state").$type<EntryState>().notNull(),
    enteredBy: text("entered_by").notNull(),
    enteredAt: instant("entered_at").notNull(),
    confirmedBy: text("confirmed_by"),
    confirmedAt: instant("confirmed_at"),
    stateReason: text("state_reason"),
    version: version(),
  },
  (t) => [
    oneOf("contract_changes_state_check", t.state, ENTRY_STATES),
    check("contract_changes_after_check", sql`${t.afterFen} > 0`),
    unique("contract_changes_number_key").on(t.contractId, t.number),
    uniqueIndex("contract_changes_open_key")
      .on(t.contractId)
      .where(sql`${t.state} = 'entered'`),
  ],
);

/** A payment sheet of the treasury (国库支付明细), read and matched with what the units entered. */
export const paymentSheets = pgTable(
  "payment_sheets",
  {
    id: id(),
    regionId: regionId(),
    fileId: uuid("file_id")
      .notNull()
      .references(() => files.id),
    fileName: text("file_name").notNull(),
    state: text("state").$type<PaymentSheetState>().notNull(),
    totalRows: integer("total_rows").notNull(),
    uploadedBy: text("uploaded_by").notNull(),
    uploadedAt: instant("uploaded_at").notNull(),
    appliedBy: text("applied_by"),
    appliedAt: instant("applied_at"),
    version: version(),
  },
  (t) => [
    oneOf("payment_sheets_state_check", t.state, PAYMENT_SHEET_STATES),
    index("payment_sheets_list_idx").on(t.regionId, t.uploadedAt),
  ],
);

/** A payment; it counts once finance confirmed it. */
export const payments = pgTable(
  "payments",
  {
    id: id(),
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id),
    contractId: uuid("contract_id").references(() => contracts.id),
    regionId: regionId(),
    amountFen: amountFen("amount_fen").notNull(),
    paidOn: localDateColumn("paid_on").notNull(),
    voucher: text("voucher").notNull(),
    state: text("state").$type<EntryState>().notNull(),
    enteredBy: text("entered_by").notNull(),
    enteredAt: instant("entered_at").notNull(),
    confirmedBy: text("confirmed_by"),
    confirmedAt: instant("confirmed_at"),
    stateReason: text("state_reason"),
    /** the treasury's sheet that entered or confirmed it */
    sheetId: uuid("sheet_id").references(() => paymentSheets.id),
    version: version(),
  },
  (t) => [
    oneOf("payments_state_check", t.state, ENTRY_STATES),
    check("payments_amount_check", sql`${t.amountFen} > 0`),
    uniqueIndex("payments_voucher_key")
      .on(t.regionId, t.voucher)
      .where(sql`${t.state} <> 'void'`),
    index("payments_project_idx").on(t.projectId, t.paidOn),
    index("payments_contract_idx").on(t.contractId),
    index("payments_state_idx").on(t.regionId, t.state),
  ],
);

/** A row of a payment sheet: what it says, what it was matched with, or why it was not. */
export const paymentSheetRows = pgTable(
  "payment_sheet_rows",
  {
    sheetId: uuid("sheet_id")
      .notNull()
      .references(() => paymentSheets.id),
    rowNumber: integer("row_number").notNull(),
    regionId: regionId(),
    cells: jsonb("cells").$type<unknown>().notNull(),
    match: text("match").$type<PaymentMatch>().notNull(),
    /** why it did not match, as the module's refusals name it */
    problem: jsonb("problem").$type<{ code: string; facts?: Record<string, string | number> }>(),
    projectId: uuid("project_id").references(() => projects.id),
    contractId: uuid("contract_id").references(() => contracts.id),
    paymentId: uuid("payment_id").references(() => payments.id),
  },
  (t) => [
    primaryKey({ columns: [t.sheetId, t.rowNumber] }),
    oneOf("payment_sheet_rows_match_check", t.match, PAYMENT_MATCHES),
  ],
);
