import { eq, max } from "drizzle-orm";

import { projectSubmissions } from "@db/schema";
import { accept, conflict, refuse, type Result } from "~/kernel/result";
import { usersWithRole } from "~/modules/identity/index.server";
import { notify } from "~/modules/inbox/index.server";
import { digestOf } from "~/platform/audit/digest";
import { inTransaction, type Ctx } from "~/platform/transaction.server";

import { applyTransition } from "./apply-transition.server";
import type { FilingRef } from "./edit-filing.server";
import { checkFiling } from "./filing.queries.server";
import type { FilingCode } from "./filing.rules";
import { loadProject } from "./load-project.server";
import { isPossible } from "./stage.rules";

export type SubmitRefusal = FilingCode | "notInThisStage";

/**
 * Submits a filing to the unit's leader: complete, with its data catalog, and no sanction on the unit. What was handed in
 * is frozen with its digest under a receipt number, one round after another.
 * Refuses with every problem that filingProblems finds, or notInThisStage.
 * @throws DomainError notFound, forbidden; conflict when the filing was saved after this page was opened
 * @source domain.md §3
 */
export async function submitProject(
  ctx: Ctx,
  { projectId, version }: FilingRef,
): Promise<Result<{ receiptNumber: string }, SubmitRefusal>> {
  return inTransaction<{ receiptNumber: string }, SubmitRefusal>(ctx, async (tx) => {
    const project = await loadProject(tx, ctx, projectId, "project:submit");
    if (project.version !== version) throw conflict("project");
    if (!isPossible(project.stage, "submit")) {
      return refuse({ code: "notInThisStage", facts: { stage: project.stage, event: "submit" } });
    }
    const { filing, surroundings, problems } = await checkFiling(tx, project, ctx.today);
    if (problems.length > 0) return refuse(...problems);

    const [last] = await tx
      .select({ round: max(projectSubmissions.round) })
      .from(projectSubmissions)
      .where(eq(projectSubmissions.projectId, projectId));
    const round = (last?.round ?? 0) + 1;
    const receiptNumber = `SL-${project.code}-${round}`;
    const submitted = await applyTransition(tx, ctx, {
      project,
      event: "submit",
      guards: ["filingComplete", "catalogAttached", "noSanction"],
      payload: { receiptNumber, round },
    });
    if (!submitted.ok) throw new Error("a checked filing was refused by the lifecycle");
    await tx.insert(projectSubmissions).values({
      projectId,
      round,
      regionId: project.regionId,
      content: filing,
      similar: surroundings.similar,
      digest: digestOf(filing),
      submittedBy: ctx.actor.userId,
      submittedAt: ctx.now,
      receiptNumber,
    });
    const { unitId, regionId } = project;
    const leads = await usersWithRole(tx, { role: "unitLead", unitId, regionId });
    await notify(tx, ctx, {
      userIds: leads.map(({ id }) => id),
      title: `请签批：${project.name}（受理号 ${receiptNumber}）`,
      href: `/projects/${projectId}`,
    });
    return accept({ receiptNumber });
  });
}
