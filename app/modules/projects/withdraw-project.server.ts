import { accept, conflict, refuse, type Result } from "~/kernel/result";
import { usersWithRole } from "~/modules/identity/index.server";
import { notify } from "~/modules/inbox/index.server";
import { inTransaction, type Ctx } from "~/platform/transaction.server";

import { applyTransition } from "./apply-transition.server";
import type { FilingRef } from "./edit-filing.server";
import { loadProject } from "./load-project.server";
import { mayTakeBack } from "./parts.rules";
import type { TransitionRefusal } from "./stage.rules";

/**
 * The unit takes its filing back for good with a reason, as long as no approval has passed; the bureau is told when it lay
 * before it. Refuses with notInThisStage, reasonGiven.
 * @throws DomainError notFound, forbidden; conflict when the project changed after this page was opened
 * @source domain.md §2
 */
export async function withdrawProject(
  ctx: Ctx,
  { projectId, version, reason }: FilingRef & { readonly reason: string },
): Promise<Result<{ stage: string }, TransitionRefusal>> {
  return inTransaction<{ stage: string }, TransitionRefusal>(ctx, async (tx) => {
    const project = await loadProject(tx, ctx, projectId, "project:withdraw");
    if (project.version !== version) throw conflict("project");
    if (!mayTakeBack(project)) {
      return refuse({ code: "notInThisStage", facts: { stage: project.stage, event: "withdraw" } });
    }
    const withdrawn = await applyTransition(tx, ctx, { project, event: "withdraw", reason });
    if (!withdrawn.ok) return withdrawn;
    if (project.stage === "underReview") {
      const reviewers = await usersWithRole(tx, { role: "bureauReviewer", regionId: project.regionId });
      await notify(tx, ctx, {
        userIds: reviewers.map(({ id }) => id),
        title: `申报单位已撤回，不需再审核：${project.name}`,
        href: `/projects/${projectId}`,
      });
    }
    return accept({ stage: withdrawn.value.stage });
  });
}
