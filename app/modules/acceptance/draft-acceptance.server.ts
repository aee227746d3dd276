import { and, eq, max } from "drizzle-orm";

import { acceptances } from "@db/schema";
import { accept, type Result } from "~/kernel/result";
import { loadProject } from "~/modules/projects/index.server";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { draftRefusal, type DraftRefusal } from "./acceptance.rules";
import { undecidedAcceptance } from "./load-acceptance.server";
import { payloadOf } from "./take-step.server";

/**
 * Begins an application for the acceptance that the project's stage asks for; a further one after a failure has the next
 * number. The project is locked, so of two drafts at once the second is refused.
 * Refuses with projectNotAcceptable, constructionOpen, acceptanceUndecided.
 * @throws DomainError notFound, forbidden
 * @source domain.md §2
 */
export async function draftAcceptance(ctx: Ctx, projectId: string): Promise<Result<{ id: string }, DraftRefusal>> {
  return inTransaction<{ id: string }, DraftRefusal>(ctx, async (tx) => {
    const project = await loadProject(tx, ctx, projectId, "project:read");
    authorize(ctx.actor, "acceptance:apply", project);
    const undecided = await undecidedAcceptance(tx, projectId);
    const kind = draftRefusal(project.stage, project.completedOn, undecided?.number);
    if (!kind.ok) return kind;
    const [last] = await tx
      .select({ number: max(acceptances.number) })
      .from(acceptances)
      .where(and(eq(acceptances.projectId, projectId), eq(acceptances.kind, kind.value)));
    const acceptance = {
      id: newId(),
      projectId,
      regionId: project.regionId,
      kind: kind.value,
      number: (last?.number ?? 0) + 1,
      state: "draft" as const,
      draftedBy: ctx.actor.userId,
      draftedAt: ctx.now,
    };
    await tx.insert(acceptances).values(acceptance);
    await record(tx, ctx, {
      action: "acceptance:apply",
      event: "acceptanceDrafted",
      object: { type: "acceptance", id: acceptance.id, regionId: project.regionId },
      after: acceptance,
      payload: payloadOf(acceptance, project),
    });
    return accept({ id: acceptance.id });
  });
}
