import { accept, conflict, type Result } from "~/kernel/result";
import { inTransaction, type Ctx } from "~/platform/transaction.server";

import { applyTransition } from "../apply-transition.server";
import type { FilingRef } from "../edit-filing.server";
import { loadProject } from "../load-project.server";
import { askFinance } from "../pass-review.server";
import { hadAHandIn } from "../submissions.queries.server";
import { openTurnOf } from "../turns.server";
import { decideFormCheck, type FormCheck } from "./form-check.rules";
import type { FormCheckRefusal } from "./pass-form-check.server";

/**
 * The bureau passes a filing that takes one of the two short-cuts straight to finance after its form check: it is in an
 * approved plan, or urgent and ordered from above, and names the document that says so.
 * Refuses with checksOpen, notInThisStage, atFormCheck, shortcutGrounded, otherPersonThanBefore.
 * @throws DomainError notFound, forbidden; conflict when the project changed after this page was opened
 * @source domain.md §2
 */
export async function passShortcut(
  ctx: Ctx,
  {
    projectId,
    version,
    checks,
    opinion = "",
  }: FilingRef & { readonly checks: readonly FormCheck[]; readonly opinion?: string },
): Promise<Result<{ stage: string }, FormCheckRefusal>> {
  return inTransaction<{ stage: string }, FormCheckRefusal>(ctx, async (tx) => {
    const project = await loadProject(tx, ctx, projectId, "project:review");
    if (project.version !== version) throw conflict("project");
    const decision = decideFormCheck(checks);
    if (!decision.ok) return decision;
    const [turn, involved] = await Promise.all([openTurnOf(tx, projectId), hadAHandIn(tx, projectId, ctx.actor)]);
    const grounded = project.shortcut !== null && project.shortcutBasis.trim() !== "";
    const passed = await applyTransition(tx, ctx, {
      project,
      event: "passShortcut",
      guards: [
        ...(turn?.kind === "formCheck" ? (["atFormCheck"] as const) : []),
        ...(grounded ? (["shortcutGrounded"] as const) : []),
        ...(involved ? [] : (["otherPersonThanBefore"] as const)),
      ],
      reason: opinion,
      checks: decision.value,
      payload: { shortcut: project.shortcut, shortcutBasis: project.shortcutBasis },
    });
    if (!passed.ok) return passed;
    await askFinance(tx, ctx, project);
    return accept({ stage: passed.value.stage });
  });
}
