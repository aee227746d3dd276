import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
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

import { IMPORT_STATES, type ImportState } from "../../app/kernel/vocabulary";
import { oneOf } from "../checks";
import { id, instant, localDateColumn, parentRegionId, regionId, version } from "../columns";
import { regions } from "./regions";

/** Facts of this installation: whether it is a demonstration, and the demonstration's today. */
export const installation = pgTable("installation", { key: text("key").primaryKey(), value: text("value").notNull() });

/** One row per changing request, written in the transaction of the change; sealed in blocks. Never updated. */
export const auditEntries = pgTable(
  "audit_entries",
  {
    id: id(),
    sequence: bigint("sequence", { mode: "number" }).generatedAlwaysAsIdentity(),
    at: instant("at").notNull(),
    requestId: text("request_id").notNull(),
    actorId: text("actor_id").notNull(),
    actorName: text("actor_name").notNull(),
    actorRoles: text("actor_roles").notNull(),
    unitId: uuid("unit_id"),
    regionId: uuid("region_id"),
    address: text("address").notNull(),
    action: text("action").notNull(),
    objectType: text("object_type").notNull(),
    objectId: text("object_id").notNull(),
    beforeDigest: text("before_digest"),
    afterDigest: text("after_digest"),
    result: text("result").notNull(),
    reason: text("reason"),
  },
  (t) => [
    unique("audit_entries_sequence_key").on(t.sequence),
    index("audit_entries_object_idx").on(t.objectType, t.objectId, t.sequence),
    index("audit_entries_actor_idx").on(t.actorId, t.sequence),
  ],
);

/** A sealed run of audit entries: the SM3 digest of each row, chained to the block before. */
export const auditBlocks = pgTable("audit_blocks", {
  sequence: integer("sequence").primaryKey(),
  firstEntry: bigint("first_entry", { mode: "number" }).notNull(),
  lastEntry: bigint("last_entry", { mode: "number" }).notNull(),
  rowSequences: bigint("row_sequences", { mode: "number" }).array().notNull(),
  rowDigests: text("row_digests").array().notNull(),
  previousDigest: text("previous_digest").notNull(),
  digest: text("digest").notNull(),
  sealedAt: instant("sealed_at").notNull(),
});

/** What happened, in the past tense: timelines read it, modules above listen to it. */
export const domainEvents = pgTable(
  "domain_events",
  {
    id: id(),
    regionId: regionId(),
    type: text("type").notNull(),
    subjectType: text("subject_type").notNull(),
    subjectId: uuid("subject_id").notNull(),
    at: instant("at").notNull(),
    actorId: text("actor_id").notNull(),
    actorName: text("actor_name").notNull(),
    actorRole: text("actor_role").notNull(),
    unitName: text("unit_name").notNull(),
    reason: text("reason"),
    payload: jsonb("payload").$type<Record<string, unknown>>().notNull(),
  },
  (t) => [
    index("domain_events_subject_idx").on(t.subjectType, t.subjectId, t.at),
    index("domain_events_actor_idx").on(t.actorId, t.at),
  ],
);

/** Effects that must happen after the commit, exactly as often as the change: retried until done. */
export const outbox = pgTable(
  "outbox",
  {
    id: id(),
    regionId: regionId(),
    topic: text("topic").notNull(),
    subjectId: uuid("subject_id").notNull(),
    payload: jsonb("payload").$type<Record<string, unknown>>().notNull(),
    createdAt: instant("created_at").notNull(),
    attempts: integer("attempts").notNull().default(0),
    nextAttemptAt: instant("next_attempt_at").notNull(),
    doneAt: instant("done_at"),
    lastError: text("last_error"),
  },
  (t) => [index("outbox_due_idx").on(t.doneAt, t.nextAttemptAt)],
);

/** A stored file; its bytes are kept under `storage_key`, its identity is its content. */
export const files = pgTable(
  "files",
  {
    id: id(),
    regionId: regionId(),
    unitId: uuid("unit_id").notNull(),
    name: text("name").notNull(),
    mediaType: text("media_type").notNull(),
    sizeBytes: integer("size_bytes").notNull(),
    sha256: text("sha256").notNull(),
    storageKey: text("storage_key").notNull(),
    uploadedBy: text("uploaded_by").notNull(),
    uploadedAt: instant("uploaded_at").notNull(),
  },
  (t) => [index("files_sha_idx").on(t.regionId, t.sha256)],
);

/** Percentages, limits and weights as versioned data with source and dates; rules take them as arguments. */
export const ruleFigures = pgTable(
  "rule_figures",
  {
    id: id(),
    code: text("code").notNull(),
    inForceFrom: localDateColumn("in_force_from").notNull(),
    value: text("value").notNull(),
    unit: text("unit").notNull(),
    name: text("name").notNull(),
    source: text("source").notNull(),
    /** who entered it and why; null for what came with the product */
    enteredBy: text("entered_by"),
    enteredAt: instant("entered_at"),
    note: text("note").notNull().default(""),
    /** taken back before it came into force */
    withdrawnAt: instant("withdrawn_at"),
  },
  (t) => [
    // One that was taken back leaves its day free for another.
    uniqueIndex("rule_figures_in_force_key")
      .on(t.code, t.inForceFrom)
      .where(sql`${t.withdrawnAt} is null`),
  ],
);

/**
 * Exceptions of the working calendar: statutory holidays and make-up working days of the country (no region), and days
 * that a region orders for itself and all below it.
 */
export const calendarDays = pgTable(
  "calendar_days",
  {
    id: id(),
    /** null: the whole country */
    regionId: uuid("region_id").references(() => regions.id),
    day: localDateColumn("day").notNull(),
    off: boolean("off").notNull(),
    name: text("name").notNull(),
    source: text("source").notNull(),
    enteredBy: text("entered_by"),
    enteredAt: instant("entered_at"),
  },
  (t) => [unique("calendar_days_key").on(t.day, t.regionId).nullsNotDistinct()],
);

/** An uploaded sheet between upload and import: where it stands, how its columns were understood, how far it has come. */
export const importBatches = pgTable(
  "import_batches",
  {
    id: id(),
    regionId: regionId(),
    unitId: uuid("unit_id").notNull(),
    kind: text("kind").notNull(),
    /** what it is imported into: a filing; null = the unit's own catalog */
    subjectId: uuid("subject_id"),
    fileId: uuid("file_id")
      .notNull()
      .references(() => files.id),
    fileName: text("file_name").notNull(),
    state: text("state").$type<ImportState>().notNull(),
    /** sheet, header row and the column of each field, as the module's own type says */
    mapping: jsonb("mapping").$type<unknown>(),
    totalRows: integer("total_rows").notNull().default(0),
    goodRows: integer("good_rows").notNull().default(0),
    badRows: integer("bad_rows").notNull().default(0),
    doneRows: integer("done_rows").notNull().default(0),
    /** why it could not be read: refusal codes with their facts */
    failure: jsonb("failure").$type<unknown>(),
    createdBy: text("created_by").notNull(),
    createdAt: instant("created_at").notNull(),
    confirmedAt: instant("confirmed_at"),
    finishedAt: instant("finished_at"),
    version: version(),
  },
  (t) => [
    oneOf("import_batches_state_check", t.state, IMPORT_STATES),
    index("import_batches_creator_idx").on(t.createdBy, t.createdAt),
  ],
);

/** One row of an uploaded sheet: its texts, what was understood of them, and what is wrong. */
export const importRows = pgTable(
  "import_rows",
  {
    batchId: uuid("batch_id")
      .notNull()
      .references(() => importBatches.id, { onDelete: "cascade" }),
    rowNumber: integer("row_number").notNull(),
    regionId: parentRegionId(),
    good: boolean("good").notNull(),
    /** present when the row can be imported */
    input: jsonb("input").$type<unknown>(),
    cells: text("cells").array().notNull(),
    problems: jsonb("problems").$type<readonly { readonly column: string; readonly message: string }[]>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.batchId, t.rowNumber] }), index("import_rows_good_idx").on(t.batchId, t.good)],
);
