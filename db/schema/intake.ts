import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";

import { INTAKE_OUTCOMES, INTAKE_STATES, type IntakeOutcome, type IntakeState } from "../../app/kernel/vocabulary";
import { oneOf } from "../checks";
import { id, instant, parentRegionId, regionId, version } from "../columns";
import { files } from "./platform";

/** A filled sheet of a register that was taken in: nothing of it is written before a person has seen what it would do. */
export const intakeSheets = pgTable(
  "intake_sheets",
  {
    id: id(),
    regionId: regionId(),
    unitId: uuid("unit_id").notNull(),
    /** which register: a key of the kinds that the application knows */
    kind: text("kind").notNull(),
    fileId: uuid("file_id")
      .notNull()
      .references(() => files.id),
    fileName: text("file_name").notNull(),
    state: text("state").$type<IntakeState>().notNull(),
    totalRows: integer("total_rows").notNull(),
    appliedRows: integer("applied_rows").notNull().default(0),
    uploadedBy: text("uploaded_by").notNull(),
    uploadedAt: instant("uploaded_at").notNull(),
    appliedAt: instant("applied_at"),
    version: version(),
  },
  (t) => [
    oneOf("intake_sheets_state_check", t.state, INTAKE_STATES),
    index("intake_sheets_list_idx").on(t.kind, t.uploadedBy, t.uploadedAt),
  ],
);

/** A row of it: what it says and what applying it would do, or why it cannot be. */
export const intakeRows = pgTable(
  "intake_rows",
  {
    sheetId: uuid("sheet_id")
      .notNull()
      .references(() => intakeSheets.id),
    rowNumber: integer("row_number").notNull(),
    regionId: parentRegionId(),
    values: jsonb("values").$type<Record<string, string>>().notNull(),
    outcome: text("outcome").$type<IntakeOutcome>().notNull(),
    /** what the row is about, as a person would name it */
    label: text("label").notNull(),
    /** what would change, for the preview: the column's title, before, after */
    changes: jsonb("changes").$type<{ title: string; before: string; after: string }[]>().notNull(),
    problems: jsonb("problems").$type<{ column: string; message: string }[]>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.sheetId, t.rowNumber] }),
    oneOf("intake_rows_outcome_check", t.outcome, INTAKE_OUTCOMES),
    index("intake_rows_outcome_idx").on(t.sheetId, t.outcome, t.rowNumber),
  ],
);
