import { eq, max } from "drizzle-orm";

import { archiveChecks } from "@db/schema";
import { accept, refuse, type Result } from "~/kernel/result";
import { ARCHIVE_RESULTS, type ArchiveResult } from "~/kernel/vocabulary";
import { loadProject } from "~/modules/projects/index.server";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, samePerson } from "~/policy";

import { STAGES_TO_ACCEPT } from "./clock.rules";
import { undecidedAcceptance } from "./load-acceptance.server";
import { tell } from "./tell.server";

export type ArchiveRefusal = "projectNotAcceptable" | "otherPersonThanBefore" | "remarkGiven";

/**
 * Records a check of a project's archive (档案验收). Every check stays; the latest one counts. Whoever applied does not
 * check; a failed check says why.
 * Refuses with projectNotAcceptable, otherPersonThanBefore, remarkGiven.
 * @throws DomainError notFound, forbidden
 * @source domain.md §1, §2
 */
export async function checkArchive(
  ctx: Ctx,
  projectId: string,
  { result, remark, number }: { readonly result: ArchiveResult; readonly remark: string; readonly number: number },
): Promise<Result<{ number: number }, ArchiveRefusal | "checkedMeanwhile">> {
  return inTransaction<{ number: number }, ArchiveRefusal | "checkedMeanwhile">(ctx, async (tx) => {
    const project = await loadProject(tx, ctx, projectId, "project:read");
    authorize(ctx.actor, "archive:check", project);
    if (!(STAGES_TO_ACCEPT as readonly string[]).includes(project.stage) || project.completedOn === null)
      return refuse({ code: "projectNotAcceptable", facts: { stage: project.stage } });
    const [open, [last]] = await Promise.all([
      undecidedAcceptance(tx, projectId),
      tx
        .select({ number: max(archiveChecks.number) })
        .from(archiveChecks)
        .where(eq(archiveChecks.projectId, projectId)),
    ]);
    if ([open?.draftedBy, open?.submittedBy, open?.signedBy].some((id) => samePerson(ctx.actor, id)))
      return refuse({ code: "otherPersonThanBefore" });
    if (result === "failed" && !remark.trim()) return refuse({ code: "remarkGiven", field: "remark" });
    // The form says which check it is going to be: sent twice, it is one.
    const next = (last?.number ?? 0) + 1;
    if (number !== next) return refuse({ code: "checkedMeanwhile" });
    const check = {
      id: newId(),
      projectId,
      regionId: project.regionId,
      number: next,
      result,
      remark: remark.trim(),
      checkedOn: ctx.today,
      checkedBy: ctx.actor.userId,
    };
    await tx.insert(archiveChecks).values(check);
    await record(tx, ctx, {
      action: "archive:check",
      event: "archiveChecked",
      object: { type: "project", id: projectId, regionId: project.regionId },
      after: check,
      ...(check.remark && { reason: check.remark }),
      payload: { name: project.name, number: next, result },
    });
    await tell(tx, ctx, project, ["filer", "unitLead"], ARCHIVE_RESULTS[result]);
    return accept({ number: next });
  });
}
