import { and, eq } from "drizzle-orm";

import type { Database } from "@db/client";
import { importBatches, projects } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { notFound } from "~/kernel/result";
import { visible } from "~/policy";

import type { ImportPreview } from "./import-preview";

/** A batch of one's own, with its preview. @throws DomainError notFound */
export async function readBatch(db: Database, actor: Actor, batchId: string) {
  const [batch] = await db
    .select()
    .from(importBatches)
    .where(and(eq(importBatches.id, batchId), eq(importBatches.createdBy, actor.userId)));
  if (!batch) throw notFound("import");
  return { ...batch, preview: batch.preview as ImportPreview };
}

/** The filing an import is for: its name and where it stands. @throws DomainError notFound */
export async function readFilingName(db: Database, actor: Actor, projectId: string) {
  const [row] = await db.select().from(projects).where(eq(projects.id, projectId));
  const { id, name, stage } = visible(actor, "project:read", row, "project");
  return { id, name, stage };
}

/** The own filings that are still being written: where an import may go. */
export async function openFilings(db: Database, unitId: string) {
  return db.query.projects.findMany({
    columns: { id: true, name: true, code: true },
    where: (t, { and: all, eq: is, inArray }) => all(is(t.unitId, unitId), inArray(t.stage, ["draft", "returned"])),
    orderBy: (t, { asc }) => asc(t.code),
  });
}
