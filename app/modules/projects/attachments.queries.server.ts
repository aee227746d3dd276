import { and, eq, isNull } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { attachments } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { notFound } from "~/kernel/result";
import { openFile } from "~/platform/files.server";

import { readProject } from "./load-project.server";

/**
 * An attachment's row and its content as a stream, for whoever may read its project.
 * @throws DomainError notFound
 */
export async function readAttachment(
  db: DatabaseOrTransaction,
  actor: Actor,
  { projectId, attachmentId }: { projectId: string; attachmentId: string },
) {
  await readProject(db, actor, projectId);
  const [attachment] = await db
    .select({ fileId: attachments.fileId })
    .from(attachments)
    .where(and(eq(attachments.id, attachmentId), eq(attachments.projectId, projectId), isNull(attachments.removedAt)));
  const stored = attachment && (await openFile(db, attachment.fileId));
  if (!stored) throw notFound("attachment");
  return stored;
}
