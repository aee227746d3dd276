import { sql } from "drizzle-orm";
import { index, integer, pgTable, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";

import {
  ACCEPTANCE_DOCUMENTS,
  ACCEPTANCE_KINDS,
  ACCEPTANCE_STATES,
  ARCHIVE_RESULTS,
  EXTENSION_STATES,
  type AcceptanceDocument,
  type AcceptanceKind,
  type AcceptanceState,
  type ArchiveResult,
  type ExtensionState,
} from "../../app/kernel/vocabulary";
import { oneOf } from "../checks";
import { id, instant, localDateColumn, regionId, version } from "../columns";
import { files } from "./platform";
import { expertPanels, projects } from "./projects";

/** An application for acceptance (初验, 终验): papers, signature, the bureau's decision. A failed one may be followed by another. */
export const acceptances = pgTable(
  "acceptances",
  {
    id: id(),
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id),
    regionId: regionId(),
    kind: text("kind").$type<AcceptanceKind>().notNull(),
    number: integer("number").notNull(),
    state: text("state").$type<AcceptanceState>().notNull(),
    /** what was built, how it is used, what is left */
    statement: text("statement").notNull().default(""),
    panelId: uuid("panel_id").references(() => expertPanels.id),
    draftedBy: text("drafted_by").notNull(),
    draftedAt: instant("drafted_at").notNull(),
    submittedBy: text("submitted_by"),
    submittedAt: instant("submitted_at"),
    signedBy: text("signed_by"),
    signedAt: instant("signed_at"),
    dueOn: localDateColumn("due_on"),
    decidedBy: text("decided_by"),
    decidedAt: instant("decided_at"),
    opinion: text("opinion"),
    version: version(),
  },
  (t) => [
    oneOf("acceptances_kind_check", t.kind, ACCEPTANCE_KINDS),
    oneOf("acceptances_state_check", t.state, ACCEPTANCE_STATES),
    unique("acceptances_number_key").on(t.projectId, t.kind, t.number),
    uniqueIndex("acceptances_open_key")
      .on(t.projectId)
      .where(sql`${t.state} in ('draft', 'signing', 'open', 'returned')`),
    index("acceptances_list_idx").on(t.regionId, t.state),
  ],
);

/** A paper of an acceptance. */
export const acceptanceDocuments = pgTable(
  "acceptance_documents",
  {
    id: id(),
    acceptanceId: uuid("acceptance_id")
      .notNull()
      .references(() => acceptances.id),
    regionId: regionId(),
    kind: text("kind").$type<AcceptanceDocument>().notNull(),
    fileId: uuid("file_id")
      .notNull()
      .references(() => files.id),
    removedAt: instant("removed_at"),
  },
  (t) => [
    oneOf("acceptance_documents_kind_check", t.kind, ACCEPTANCE_DOCUMENTS),
    index("acceptance_documents_acceptance_idx").on(t.acceptanceId),
  ],
);

/** A request to apply for acceptance later than the limit (延期验收). */
export const acceptanceExtensions = pgTable(
  "acceptance_extensions",
  {
    id: id(),
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id),
    regionId: regionId(),
    number: integer("number").notNull(),
    state: text("state").$type<ExtensionState>().notNull(),
    /** the limit when it was asked for */
    fromOn: localDateColumn("from_on").notNull(),
    untilOn: localDateColumn("until_on").notNull(),
    reason: text("reason").notNull(),
    fileId: uuid("file_id").references(() => files.id),
    requestedBy: text("requested_by").notNull(),
    requestedAt: instant("requested_at").notNull(),
    signedBy: text("signed_by"),
    signedAt: instant("signed_at"),
    decidedBy: text("decided_by"),
    decidedAt: instant("decided_at"),
    opinion: text("opinion"),
    version: version(),
  },
  (t) => [
    oneOf("acceptance_extensions_state_check", t.state, EXTENSION_STATES),
    unique("acceptance_extensions_number_key").on(t.projectId, t.number),
    uniqueIndex("acceptance_extensions_open_key")
      .on(t.projectId)
      .where(sql`${t.state} in ('signing', 'open')`),
    index("acceptance_extensions_list_idx").on(t.regionId, t.state),
  ],
);

/** A check of a project's archive (档案验收); the latest one counts. */
export const archiveChecks = pgTable(
  "archive_checks",
  {
    id: id(),
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id),
    regionId: regionId(),
    number: integer("number").notNull(),
    result: text("result").$type<ArchiveResult>().notNull(),
    remark: text("remark").notNull().default(""),
    checkedOn: localDateColumn("checked_on").notNull(),
    checkedBy: text("checked_by").notNull(),
  },
  (t) => [
    oneOf("archive_checks_result_check", t.result, ARCHIVE_RESULTS),
    unique("archive_checks_number_key").on(t.projectId, t.number),
  ],
);
