import { and, asc, eq, isNull, ne } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { attachments, files, projects } from "@db/schema";
import { accept, refuse, type Result } from "~/kernel/result";
import type { AttachmentKind } from "~/kernel/vocabulary";
import { loadFigures } from "~/platform/figures.server";
import { contentOf, saveFile, type AcceptedFile, type MadeFile } from "~/platform/files.server";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { admitAttachment, type AttachmentCode } from "./attachment.rules";
import { isEditable } from "./edit-filing.server";
import { loadProject, type Project } from "./load-project.server";

/** What was attached, and where else in the unit the same content lies: it is stored once. */
export interface AddedAttachment {
  readonly id: string;
  readonly alsoIn: string | null;
}

/**
 * Attaches a file to a filing. It overwrites nothing, so it asks for no version; the lock on the project lets two uploads
 * of one content be seen one after the other.
 * Refuses with notEditable, fileTooLarge, duplicateInProject, quotaExceeded.
 * @throws DomainError notFound, forbidden
 * @source domain.md §3.7
 */
export async function addAttachment(
  ctx: Ctx,
  projectId: string,
  { kind, file }: { kind: AttachmentKind; file: AcceptedFile | MadeFile },
): Promise<Result<AddedAttachment, AttachmentCode | "notEditable">> {
  return inTransaction<AddedAttachment, AttachmentCode | "notEditable">(ctx, async (tx) => {
    const project = await loadProject(tx, ctx, projectId, "project:read");
    authorize(ctx.actor, "project:draft", project);
    if (!isEditable(project)) return refuse({ code: "notEditable" });
    const [figures, attached] = await Promise.all([loadFigures(tx, ctx.today), attachedTo(tx, projectId)]);
    const content = { name: file.name, ...contentOf(file) };
    const admitted = admitAttachment(content, attached, {
      maxMegabytes: figures.number("attachment.maxMegabytes"),
      quotaMegabytes: figures.number("attachment.projectQuotaMegabytes"),
    });
    if (!admitted.ok) return admitted;

    const alsoIn = await otherHolder(tx, project, content.sha256);
    const { regionId, unitId } = project;
    const stored = await saveFile(tx, ctx, file, { regionId, unitId });
    const attachment = { id: newId(), projectId, regionId, kind, fileId: stored.id };
    await tx.insert(attachments).values(attachment);
    await record(tx, ctx, {
      action: "project:draft",
      event: "attachmentAdded",
      object: { type: "project", id: projectId, regionId },
      after: { ...attachment, sha256: stored.sha256 },
      payload: { kind, fileName: file.name },
    });
    return accept({ id: attachment.id, alsoIn });
  });
}

async function attachedTo(tx: Transaction, projectId: string) {
  return tx
    .select({ name: files.name, sha256: files.sha256, sizeBytes: files.sizeBytes, kind: attachments.kind })
    .from(attachments)
    .innerJoin(files, eq(files.id, attachments.fileId))
    .where(and(eq(attachments.projectId, projectId), isNull(attachments.removedAt)));
}

/** Another project of the same unit that carries the same content; other units' files are nobody else's business. */
async function otherHolder(tx: Transaction, { id, unitId, regionId }: Project, sha256: string): Promise<string | null> {
  const [holder] = await tx
    .select({ name: projects.name })
    .from(files)
    .innerJoin(attachments, eq(attachments.fileId, files.id))
    .innerJoin(projects, eq(projects.id, attachments.projectId))
    .where(
      and(
        eq(files.regionId, regionId),
        eq(files.sha256, sha256),
        eq(projects.unitId, unitId),
        ne(projects.id, id),
        isNull(attachments.removedAt),
      ),
    )
    .orderBy(asc(projects.code))
    .limit(1);
  return holder?.name ?? null;
}
