import { and, asc, inArray, lt } from "drizzle-orm";

import type { Database } from "@db/client";
import { importBatches } from "@db/schema";
import { businessTime } from "~/platform/installation.server";
import type { ScheduledJob, StartedJob } from "~/platform/jobs.server";

import { giveUpReading, readSheet } from "./read-sheet.server";
import { giveUpImport, writeImport } from "./write-import.server";

/**
 * Does what a batch waits for: reads its file, or imports its rows. Does nothing when it waits for a person or when
 * another process is at it.
 * @param patient whether to wait for that other process
 */
export async function workOnBatch(db: Database, batchId: string, patient = false): Promise<void> {
  await readSheet(db, batchId, patient);
  await writeImport(db, batchId, patient);
}

/** An import up to this is done while the person waits: a second at most. @unit rows */
const SMALL_IMPORT = 1_000;

export const isSmallImport = (rows: number): boolean => rows <= SMALL_IMPORT;

/** What a person uploaded, mapped or confirmed is worked on at once. */
export const importStartedJobs: readonly StartedJob[] = [
  {
    name: "catalog-import",
    on: ["catalogSheetUploaded", "catalogMappingConfirmed", "catalogImportConfirmed"],
    run: (db, batchId) => workOnBatch(db, batchId),
  },
];

/** A batch that is waited for longer than this is given up: whatever ends its process would end the next one too. @unit ms */
const HOPELESS_MS = 3_600_000;

/** A batch that has stood still for longer lost its process. @unit ms */
const STANDS_STILL_MS = 30_000;

/** Batches whose process died are taken up again; one that is being worked on is left alone. */
export const importScheduledJobs: readonly ScheduledJob[] = [
  {
    name: "catalog-import-resume",
    cron: "* * * * *",
    run: async (db) => {
      const { now } = await businessTime(db);
      const waiting = await db
        .select({
          id: importBatches.id,
          state: importBatches.state,
          createdAt: importBatches.createdAt,
          confirmedAt: importBatches.confirmedAt,
        })
        .from(importBatches)
        .where(
          and(
            inArray(importBatches.state, ["uploaded", "reading", "importing"]),
            lt(importBatches.createdAt, new Date(now.getTime() - STANDS_STILL_MS)),
          ),
        )
        .orderBy(asc(importBatches.createdAt));
      for (const { id, state, createdAt, confirmedAt } of waiting) {
        const since = (confirmedAt ?? createdAt).getTime();
        if (now.getTime() - since > HOPELESS_MS) await (state === "importing" ? giveUpImport : giveUpReading)(db, id);
        else await workOnBatch(db, id);
      }
    },
  },
];
