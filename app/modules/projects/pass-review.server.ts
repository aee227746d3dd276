import { accept, conflict, refuse, type Result } from "~/kernel/result";
import { usersWithRole } from "~/modules/identity/index.server";
import { notify } from "~/modules/inbox/index.server";
import { inTransaction, type Ctx } from "~/platform/transaction.server";

import { applyTransition } from "./apply-transition.server";
import type { FilingRef } from "./edit-filing.server";
import { loadProject } from "./load-project.server";
import type { TransitionRefusal } from "./stage.rules";
import { latestSubmission } from "./submissions.queries.server";

/**
 * The bureau passes a filing: its turn closes and finance's opens with its limit. Nobody passes what he handed in himself.
 * Refuses with notInThisStage, otherPersonThanBefore.
 * @throws DomainError notFound, forbidden; conflict when the project changed after this page was opened
 * @source domain.md §1, §2
 */
export async function passReview(
  ctx: Ctx,
  { projectId, version, opinion = "" }: FilingRef & { readonly opinion?: string },
): Promise<Result<{ stage: string }, TransitionRefusal>> {
  return inTransaction<{ stage: string }, TransitionRefusal>(ctx, async (tx) => {
    const project = await loadProject(tx, ctx, projectId, "project:review");
    if (project.version !== version) throw conflict("project");
    const submission = await latestSubmission(tx, projectId);
    if (submission?.submittedBy === ctx.actor.userId) return refuse({ code: "otherPersonThanBefore" });
    const passed = await applyTransition(tx, ctx, { project, event: "pass", reason: opinion });
    if (!passed.ok) return passed;
    const finance = await usersWithRole(tx, { role: "financeReviewer", regionId: project.regionId });
    await notify(tx, ctx, {
      userIds: finance.map(({ id }) => id),
      title: `请进行资金评估：${project.name}`,
      href: `/funding/${projectId}`,
    });
    return accept({ stage: passed.value.stage });
  });
}
