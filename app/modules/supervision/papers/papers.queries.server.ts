import { asc, eq, sql } from "drizzle-orm";

import type { Database } from "@db/client";
import { files, supervisionItems, supervisionPapers, supervisionTalks } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { notFound } from "~/kernel/result";
import { openFile } from "~/platform/files.server";
import { visible } from "~/policy";

/** The papers of an item or a talk, in the order in which they came. The caller has checked the right to read it. */
export function papersOf(db: Database, owner: { readonly itemId: string } | { readonly talkId: string }) {
  return db
    .select({
      id: supervisionPapers.id,
      purpose: supervisionPapers.purpose,
      round: supervisionPapers.round,
      addedAt: supervisionPapers.addedAt,
      name: files.name,
      sizeBytes: files.sizeBytes,
    })
    .from(supervisionPapers)
    .innerJoin(files, eq(files.id, supervisionPapers.fileId))
    .where("itemId" in owner ? eq(supervisionPapers.itemId, owner.itemId) : eq(supervisionPapers.talkId, owner.talkId))
    .orderBy(asc(supervisionPapers.addedAt), asc(supervisionPapers.id));
}

/**
 * A paper to download, for whoever may read its item or talk.
 * @throws DomainError notFound
 */
export async function readPaper(db: Database, actor: Actor, id: string) {
  const [row] = await db
    .select({
      fileId: supervisionPapers.fileId,
      regionId: supervisionPapers.regionId,
      unitId: sql<string>`coalesce(${supervisionItems.unitId}, ${supervisionTalks.unitId})`,
    })
    .from(supervisionPapers)
    .leftJoin(supervisionItems, eq(supervisionItems.id, supervisionPapers.itemId))
    .leftJoin(supervisionTalks, eq(supervisionTalks.id, supervisionPapers.talkId))
    .where(eq(supervisionPapers.id, id));
  const paper = visible(actor, "supervision:read", row, "supervisionPaper");
  const found = await openFile(db, paper.fileId);
  if (!found) throw notFound("supervisionPaper");
  return found;
}
