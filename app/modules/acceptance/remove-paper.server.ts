import { and, eq, isNull } from "drizzle-orm";

import { acceptanceDocuments, files } from "@db/schema";
import { accept, notFound, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { loadWritable } from "./edit-acceptance.server";

/**
 * Takes a paper off an application. Row and bytes stay: an earlier round may have been decided on it. Refuses with
 * notWritable.
 * @throws DomainError notFound (also when it was removed before), forbidden
 */
export async function removePaper(
  ctx: Ctx,
  acceptanceId: string,
  paperId: string,
): Promise<Result<null, "notWritable">> {
  return inTransaction<null, "notWritable">(ctx, async (tx) => {
    const loaded = await loadWritable(tx, ctx, acceptanceId);
    if (!loaded.ok) return loaded;
    const { project } = loaded.value;
    authorize(ctx.actor, "acceptance:apply", project);
    const [gone] = await tx
      .update(acceptanceDocuments)
      .set({ removedAt: ctx.now })
      .where(
        and(
          eq(acceptanceDocuments.id, paperId),
          eq(acceptanceDocuments.acceptanceId, acceptanceId),
          isNull(acceptanceDocuments.removedAt),
        ),
      )
      .returning();
    if (!gone) throw notFound("acceptancePaper");
    const [file] = await tx.select({ name: files.name }).from(files).where(eq(files.id, gone.fileId));
    await record(tx, ctx, {
      action: "acceptance:apply",
      event: "acceptancePaperRemoved",
      object: { type: "acceptance", id: acceptanceId, regionId: project.regionId },
      before: gone,
      payload: { projectId: project.id, kind: gone.kind, fileName: file?.name ?? "" },
    });
    return accept(null);
  });
}
