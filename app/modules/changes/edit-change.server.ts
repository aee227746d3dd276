import { and, eq } from "drizzle-orm";

import { projectChanges } from "@db/schema";
import { ZERO_FEN } from "~/kernel/fen";
import { accept, conflict, refuse, type Result } from "~/kernel/result";
import { saveFile, type AcceptedFile, type MadeFile } from "~/platform/files.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import type { DraftChangeInput } from "./change.schema";
import { loadChange, type ChangeRef } from "./load-change.server";

/**
 * Saves a change while it is a draft. Saving checks types only. A new file takes the place of the old one.
 * Refuses with notEditable.
 * @throws DomainError notFound, forbidden; conflict when it was saved by someone else meanwhile
 */
export async function editChange(
  ctx: Ctx,
  { changeId, version }: ChangeRef,
  input: DraftChangeInput,
  file?: AcceptedFile | MadeFile,
): Promise<Result<{ version: number }, "notEditable">> {
  return inTransaction<{ version: number }, "notEditable">(ctx, async (tx) => {
    const { change, project } = await loadChange(tx, ctx, changeId);
    authorize(ctx.actor, "change:request", project);
    if (change.state !== "draft") return refuse({ code: "notEditable" });
    const { regionId, unitId } = project;
    const stored = file && (await saveFile(tx, ctx, file, { regionId, unitId }));
    const [after] = await tx
      .update(projectChanges)
      .set({
        reasonKind: input.reasonKind,
        reason: input.reason,
        content: input.content,
        movedFen: input.moved ?? ZERO_FEN,
        newEstimateFen: input.newEstimate ?? change.estimateFen,
        newPlannedEndOn: input.newPlannedEndOn ?? null,
        ...(stored && { fileId: stored.id }),
        version: version + 1,
      })
      .where(and(eq(projectChanges.id, changeId), eq(projectChanges.version, version)))
      .returning();
    if (!after) throw conflict("change");
    await record(tx, ctx, {
      action: "change:request",
      event: "changeEdited",
      object: { type: "change", id: changeId, regionId },
      before: change,
      after,
      payload: { projectId: project.id, projectName: project.name, number: change.number },
    });
    return accept({ version: after.version });
  });
}
