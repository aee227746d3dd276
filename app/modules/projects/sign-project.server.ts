import { accept, conflict, type Result } from "~/kernel/result";
import { registerProjectEntries } from "~/modules/catalog/index.server";
import { usersWithRole } from "~/modules/identity/index.server";
import { notify } from "~/modules/inbox/index.server";
import { inTransaction, type Ctx } from "~/platform/transaction.server";
import { samePerson } from "~/policy";

import { applyTransition } from "./apply-transition.server";
import type { FilingRef } from "./edit-filing.server";
import { loadProject } from "./load-project.server";
import type { TransitionRefusal } from "./stage.rules";
import { latestSubmission } from "./submissions.queries.server";

/**
 * The unit's leader signs a submitted filing: its data entries become registered and the bureau's approval review opens
 * with its limit. Who submitted may not sign.
 * Refuses with notInThisStage, otherPersonThanBefore.
 * @throws DomainError notFound, forbidden; conflict when the project changed after this page was opened
 * @source domain.md §1, §2
 */
export async function signProject(
  ctx: Ctx,
  { projectId, version }: FilingRef,
): Promise<Result<{ stage: string }, TransitionRefusal>> {
  return inTransaction<{ stage: string }, TransitionRefusal>(ctx, async (tx) => {
    const project = await loadProject(tx, ctx, projectId, "project:sign");
    if (project.version !== version) throw conflict("project");
    const submission = await latestSubmission(tx, projectId);
    const signed = await applyTransition(tx, ctx, {
      project,
      event: "sign",
      guards: submission && !samePerson(ctx.actor, submission.submittedBy) ? ["otherPersonThanBefore"] : [],
      payload: { round: submission?.round ?? 0, digest: submission?.digest ?? "" },
    });
    if (!signed.ok) return signed;
    await registerProjectEntries(tx, ctx, project);
    const reviewers = await usersWithRole(tx, { role: "bureauReviewer", regionId: project.regionId });
    await notify(tx, ctx, {
      userIds: reviewers.map(({ id }) => id),
      title: `请审核立项申报：${project.name}`,
      href: `/projects/${projectId}/review`,
    });
    return accept({ stage: signed.value.stage });
  });
}
