import { and, eq } from "drizzle-orm";

import type { DatabaseOrTransaction, Transaction } from "@db/client";
import { expertPanels } from "@db/schema";
import { accept, conflict, type Result } from "~/kernel/result";
import { usersWithRole } from "~/modules/identity/index.server";
import { notify } from "~/modules/inbox/index.server";
import { inTransaction, type Ctx } from "~/platform/transaction.server";

import { applyTransition } from "./apply-transition.server";
import type { FilingRef } from "./edit-filing.server";
import { loadProject, type Project } from "./load-project.server";
import type { TransitionRefusal } from "./stage.rules";
import { hadAHandIn } from "./submissions.queries.server";
import { openTurnOf } from "./turns.server";

/**
 * The bureau passes a filing after its form check, no expert panel being open: its turn closes and finance's opens with
 * its limit. Nobody passes what he submitted or signed.
 * Refuses with notInThisStage, formChecked, noPanelOpen, otherPersonThanBefore.
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
    const [turn, panelOpen, involved] = await Promise.all([
      openTurnOf(tx, projectId),
      isPanelOpen(tx, projectId),
      hadAHandIn(tx, projectId, ctx.actor),
    ]);
    const passed = await applyTransition(tx, ctx, {
      project,
      event: "pass",
      guards: [
        ...(turn?.kind === "approval" ? (["formChecked"] as const) : []),
        ...(panelOpen ? [] : (["noPanelOpen"] as const)),
        ...(involved ? [] : (["otherPersonThanBefore"] as const)),
      ],
      reason: opinion,
    });
    if (!passed.ok) return passed;
    await askFinance(tx, ctx, project);
    return accept({ stage: passed.value.stage });
  });
}

/** Are experts still judging this project? */
export async function isPanelOpen(db: DatabaseOrTransaction, projectId: string): Promise<boolean> {
  return (
    (await db.$count(expertPanels, and(eq(expertPanels.projectId, projectId), eq(expertPanels.state, "open")))) > 0
  );
}

/** Tells finance that a project has come to its desk. */
export async function askFinance(tx: Transaction, ctx: Ctx, { id, name, regionId }: Project): Promise<void> {
  const finance = await usersWithRole(tx, { role: "financeReviewer", regionId });
  await notify(tx, ctx, {
    userIds: finance.map((user) => user.id),
    title: `请进行资金评估：${name}`,
    href: `/funding/${id}`,
  });
}
