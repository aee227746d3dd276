import { attachments } from "@db/schema";
import { accept, refuse, type Result } from "~/kernel/result";
import type { AttachmentKind } from "~/kernel/vocabulary";
import { saveFile, type AcceptedFile } from "~/platform/files.server";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { isEditable } from "./edit-filing.server";
import { loadProject } from "./load-project.server";

/**
 * Attaches a file to a filing. It overwrites nothing, so it asks for no version; the same file of the same kind sent
 * twice is kept once. Refuses with notEditable.
 * @throws DomainError notFound, forbidden
 */
export async function addAttachment(
  ctx: Ctx,
  projectId: string,
  { kind, file }: { kind: AttachmentKind; file: AcceptedFile },
): Promise<Result<{ id: string }, "notEditable">> {
  return inTransaction<{ id: string }, "notEditable">(ctx, async (tx) => {
    const project = await loadProject(tx, ctx, projectId, "project:read");
    authorize(ctx.actor, "project:draft", project);
    if (!isEditable(project)) return refuse({ code: "notEditable" });
    const { regionId, unitId } = project;
    const stored = await saveFile(tx, ctx, file, { regionId, unitId });
    const existing = await tx.query.attachments.findMany({
      where: (t, { and, eq, isNull }) => and(eq(t.projectId, projectId), eq(t.kind, kind), isNull(t.removedAt)),
    });
    const twins = await tx.query.files.findMany({
      columns: { id: true },
      where: (t, { and, eq, inArray }) =>
        and(
          eq(t.sha256, stored.sha256),
          eq(t.name, stored.name),
          inArray(t.id, [stored.id, ...existing.map((a) => a.fileId)]),
        ),
    });
    const twin = existing.find(({ fileId }) => twins.some(({ id }) => id === fileId));
    if (twin) return accept({ id: twin.id });

    const attachment = { id: newId(), projectId, regionId, kind, fileId: stored.id };
    await tx.insert(attachments).values(attachment);
    await record(tx, ctx, {
      action: "project:draft",
      event: "attachmentAdded",
      object: { type: "project", id: projectId, regionId },
      after: { ...attachment, sha256: stored.sha256 },
      payload: { kind, fileName: file.name },
    });
    return accept({ id: attachment.id });
  });
}
