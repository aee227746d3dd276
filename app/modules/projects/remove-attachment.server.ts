import { and, eq, isNull } from "drizzle-orm";

import { attachments, files } from "@db/schema";
import { accept, notFound, refuse, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { isEditable } from "./edit-filing.server";
import { loadProject } from "./load-project.server";

/**
 * Takes an attachment off a filing. Row and bytes stay: an earlier submission may name them. Refuses with notEditable.
 * @throws DomainError notFound (also when it was removed before), forbidden
 */
export async function removeAttachment(
  ctx: Ctx,
  projectId: string,
  attachmentId: string,
): Promise<Result<null, "notEditable">> {
  return inTransaction<null, "notEditable">(ctx, async (tx) => {
    const project = await loadProject(tx, ctx, projectId, "project:read");
    authorize(ctx.actor, "project:draft", project);
    if (!isEditable(project)) return refuse({ code: "notEditable" });
    const [gone] = await tx
      .update(attachments)
      .set({ removedAt: ctx.now })
      .where(and(eq(attachments.id, attachmentId), eq(attachments.projectId, projectId), isNull(attachments.removedAt)))
      .returning();
    if (!gone) throw notFound("attachment");
    const [file] = await tx.select({ name: files.name }).from(files).where(eq(files.id, gone.fileId));
    await record(tx, ctx, {
      action: "project:draft",
      event: "attachmentRemoved",
      object: { type: "project", id: projectId, regionId: project.regionId },
      before: gone,
      payload: { kind: gone.kind, fileName: file?.name ?? "" },
    });
    return accept(null);
  });
}
