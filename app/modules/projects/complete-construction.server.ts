import { and, eq, isNull, lte } from "drizzle-orm";

import { milestones } from "@db/schema";
import type { Ctx } from "~/platform/transaction.server";

import type { FilingRef } from "./edit-filing.server";
import type { ProjectGuard } from "./project.lifecycle";
import { takeUnitStep } from "./take-unit-step.server";

/**
 * The unit declares its project built. From this day the limit for applying for acceptance runs. Milestones whose day has
 * come and that are not reached need a reason; those that lie ahead, such as the acceptances themselves, do not.
 * Refuses with notInThisStage, notCompletedYet, milestonesDoneOrReasoned.
 * @throws DomainError notFound, forbidden; conflict when the project changed after this page was opened
 * @source domain.md §2
 */
export const completeConstruction = (ctx: Ctx, { reason, ...ref }: FilingRef & { readonly reason: string }) =>
  takeUnitStep(ctx, ref, "completeConstruction", async (tx, { id, completedOn }) => {
    const behind = await tx.$count(
      milestones,
      and(eq(milestones.projectId, id), lte(milestones.plannedOn, ctx.today), isNull(milestones.completedOn)),
    );
    const guards: ProjectGuard[] = [
      ...(completedOn === null ? (["notCompletedYet"] as const) : []),
      ...(behind === 0 || reason.trim() ? (["milestonesDoneOrReasoned"] as const) : []),
    ];
    return { guards, reason, set: { completedOn: ctx.today }, payload: { completedOn: ctx.today, behind } };
  });
