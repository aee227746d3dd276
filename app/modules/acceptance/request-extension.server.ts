import { and, eq, inArray, max } from "drizzle-orm";

import { acceptanceExtensions } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import { accept, refuse, type Result } from "~/kernel/result";
import { loadProject } from "~/modules/projects/index.server";
import { loadFigures } from "~/platform/figures.server";
import { saveFile, type AcceptedFile, type MadeFile } from "~/platform/files.server";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { acceptanceClock } from "./clock.queries.server";
import { admitExtension, type ExtensionRefusal } from "./clock.rules";
import { tell } from "./tell.server";

export type RequestRefusal = ExtensionRefusal | "reasonMissing" | "basisMissing";

/**
 * The unit asks to apply for acceptance later, with a reason and its paper; after the limit as before it, the lateness
 * stays visible. The project is locked, so of two requests at once the second is refused.
 * Refuses with clockNotRunning, alreadyApplied, extensionUndecided, untilNotLater, untilTooLate, untilPast, reasonMissing,
 * basisMissing.
 * @throws DomainError notFound, forbidden
 * @source domain.md §2; rule figure acceptance.extensionMonths
 */
export async function requestExtension(
  ctx: Ctx,
  projectId: string,
  { untilOn, reason, file }: { untilOn: LocalDate; reason: string; file: AcceptedFile | MadeFile | undefined },
): Promise<Result<{ id: string }, RequestRefusal>> {
  return inTransaction<{ id: string }, RequestRefusal>(ctx, async (tx) => {
    const project = await loadProject(tx, ctx, projectId, "project:read");
    authorize(ctx.actor, "acceptance:apply", project);
    const ofProject = eq(acceptanceExtensions.projectId, projectId);
    const [clock, figures, undecided, [last]] = await Promise.all([
      acceptanceClock(tx, ctx.today, projectId),
      loadFigures(tx, ctx.today),
      tx.$count(acceptanceExtensions, and(ofProject, inArray(acceptanceExtensions.state, ["signing", "open"]))),
      tx
        .select({ number: max(acceptanceExtensions.number) })
        .from(acceptanceExtensions)
        .where(ofProject),
    ]);
    const admitted = admitExtension(
      { limit: clock?.limit ?? null, appliedOn: clock?.appliedOn ?? null, undecided: undecided > 0, untilOn },
      ctx.today,
      figures.number("acceptance.extensionMonths"),
    );
    if (!admitted.ok) return admitted;
    if (!reason.trim()) return refuse({ code: "reasonMissing", field: "reason" });
    if (!file) return refuse({ code: "basisMissing", field: "file" });
    const { regionId, unitId } = project;
    const stored = await saveFile(tx, ctx, file, { regionId, unitId });
    const extension = {
      id: newId(),
      projectId,
      regionId,
      number: (last?.number ?? 0) + 1,
      state: "signing" as const,
      fromOn: admitted.value.fromOn,
      untilOn,
      reason: reason.trim(),
      fileId: stored.id,
      requestedBy: ctx.actor.userId,
      requestedAt: ctx.now,
    };
    await tx.insert(acceptanceExtensions).values(extension);
    await record(tx, ctx, {
      action: "acceptance:apply",
      event: "extensionRequested",
      object: { type: "acceptanceExtension", id: extension.id, regionId },
      after: extension,
      reason: extension.reason,
      payload: { projectId, projectName: project.name, number: extension.number, untilOn },
    });
    await tell(tx, ctx, project, ["unitLead"], "请签批延期验收申请");
    return accept({ id: extension.id });
  });
}
