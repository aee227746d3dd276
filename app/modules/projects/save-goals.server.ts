import { eq } from "drizzle-orm";

import { milestones, performanceGoals } from "@db/schema";
import { comparedContent } from "~/kernel/names";
import { accept, type Result } from "~/kernel/result";
import { newId } from "~/platform/ids.server";
import type { Ctx } from "~/platform/transaction.server";

import { editFiling } from "./edit-filing.server";
import type { GoalsInput } from "./filing.schema";

/**
 * Saves need, content, schedule, milestones and performance goals of a filing. Refuses with notEditable.
 * @throws DomainError notFound, forbidden, conflict
 */
export async function saveGoals(
  ctx: Ctx,
  projectId: string,
  input: GoalsInput,
): Promise<Result<{ version: number }, "notEditable">> {
  return editFiling(ctx, { projectId, version: input.version }, "goals", async (tx, { regionId }) => {
    await tx.delete(milestones).where(eq(milestones.projectId, projectId));
    await tx.delete(performanceGoals).where(eq(performanceGoals.projectId, projectId));
    if (input.milestones.length > 0) {
      await tx
        .insert(milestones)
        .values(input.milestones.map((row, position) => ({ ...row, id: newId(), projectId, regionId, position })));
    }
    if (input.goals.length > 0) {
      await tx
        .insert(performanceGoals)
        .values(input.goals.map((row, position) => ({ ...row, projectId, regionId, position })));
    }
    return accept({
      need: input.need,
      content: input.content,
      comparedContent: comparedContent(input.need, input.content),
      plannedStartOn: input.plannedStartOn ?? null,
      plannedEndOn: input.plannedEndOn ?? null,
    });
  });
}
