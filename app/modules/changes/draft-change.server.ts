import { eq, max } from "drizzle-orm";

import { projectChanges } from "@db/schema";
import { ZERO_FEN } from "~/kernel/fen";
import { accept, refuse, type Result } from "~/kernel/result";
import { loadProject } from "~/modules/projects/index.server";
import { saveFile, type AcceptedFile, type MadeFile } from "~/platform/files.server";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { isChangeable } from "./change.rules";
import type { DraftChangeInput } from "./change.schema";
import { openChangeOf } from "./load-change.server";

/**
 * Begins a change of a project, measured against the estimate that is approved today. The project is locked, so of two
 * drafts at once the second is refused.
 * Refuses with projectNotChangeable, changeOpen.
 * @throws DomainError notFound, forbidden
 * @source domain.md §2
 */
export async function draftChange(
  ctx: Ctx,
  projectId: string,
  input: DraftChangeInput,
  file?: AcceptedFile | MadeFile,
): Promise<Result<{ id: string }, "projectNotChangeable" | "changeOpen">> {
  return inTransaction<{ id: string }, "projectNotChangeable" | "changeOpen">(ctx, async (tx) => {
    const project = await loadProject(tx, ctx, projectId, "project:read");
    authorize(ctx.actor, "change:request", project);
    const { regionId, unitId, approvedFen } = project;
    if (!isChangeable(project.stage) || approvedFen === null)
      return refuse({ code: "projectNotChangeable", facts: { stage: project.stage } });
    const open = await openChangeOf(tx, projectId);
    if (open) return refuse({ code: "changeOpen", facts: { number: open.number } });

    const [last] = await tx
      .select({ number: max(projectChanges.number) })
      .from(projectChanges)
      .where(eq(projectChanges.projectId, projectId));
    const stored = file && (await saveFile(tx, ctx, file, { regionId, unitId }));
    const change = {
      id: newId(),
      projectId,
      regionId,
      number: (last?.number ?? 0) + 1,
      reasonKind: input.reasonKind,
      reason: input.reason,
      content: input.content,
      movedFen: input.moved ?? ZERO_FEN,
      estimateFen: approvedFen,
      newEstimateFen: input.newEstimate ?? approvedFen,
      feasibilityFen: project.feasibilityFen,
      plannedEndOn: project.plannedEndOn,
      newPlannedEndOn: input.newPlannedEndOn ?? null,
      fileId: stored?.id ?? null,
      state: "draft" as const,
      requestedBy: ctx.actor.userId,
      requestedAt: ctx.now,
    };
    await tx.insert(projectChanges).values(change);
    await record(tx, ctx, {
      action: "change:request",
      event: "changeDrafted",
      object: { type: "change", id: change.id, regionId },
      after: change,
      payload: { projectId, projectName: project.name, number: change.number },
    });
    return accept({ id: change.id });
  });
}
