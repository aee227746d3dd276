import { accept, conflict, type Result } from "~/kernel/result";
import { inTransaction, type Ctx } from "~/platform/transaction.server";

import { applyTransition } from "../apply-transition.server";
import type { FilingRef } from "../edit-filing.server";
import { loadProject } from "../load-project.server";
import { notifyApplicant } from "../notify-applicant.server";
import type { TransitionRefusal } from "../stage.rules";
import { hadAHandIn } from "../submissions.queries.server";
import { openTurnOf } from "../turns.server";
import { decideFormCheck, type FormCheck } from "./form-check.rules";

export type FormCheckRefusal = TransitionRefusal | "checksOpen";

/**
 * The bureau accepts a filing as complete in form, every item of the list ticked off: its approval review opens with its
 * limit. Nobody checks what he submitted or signed.
 * Refuses with checksOpen, notInThisStage, atFormCheck, otherPersonThanBefore.
 * @throws DomainError notFound, forbidden; conflict when the project changed after this page was opened
 * @source domain.md §1, §2
 */
export async function passFormCheck(
  ctx: Ctx,
  {
    projectId,
    version,
    checks,
    opinion = "",
  }: FilingRef & { readonly checks: readonly FormCheck[]; readonly opinion?: string },
): Promise<Result<{ dueOn: string }, FormCheckRefusal>> {
  return inTransaction<{ dueOn: string }, FormCheckRefusal>(ctx, async (tx) => {
    const project = await loadProject(tx, ctx, projectId, "project:review");
    if (project.version !== version) throw conflict("project");
    const decision = decideFormCheck(checks);
    if (!decision.ok) return decision;
    const [turn, involved] = await Promise.all([openTurnOf(tx, projectId), hadAHandIn(tx, projectId, ctx.actor)]);
    const passed = await applyTransition(tx, ctx, {
      project,
      event: "passFormCheck",
      guards: [
        ...(turn?.kind === "formCheck" ? (["atFormCheck"] as const) : []),
        ...(involved ? [] : (["otherPersonThanBefore"] as const)),
      ],
      reason: opinion,
      checks: decision.value,
    });
    if (!passed.ok) return passed;
    const dueOn = passed.value.dueOn ?? "";
    await notifyApplicant(tx, ctx, project, `形式审查已通过，数据局将在 ${dueOn} 前出具审核意见`);
    return accept({ dueOn });
  });
}
