import { accept, refuse, type Result } from "~/kernel/result";
import { readMoneyFloor } from "~/modules/funding/index.server";
import { usersWithRole } from "~/modules/identity/index.server";
import { notify } from "~/modules/inbox/index.server";
import { loadFigures } from "~/platform/figures.server";
import type { Ctx } from "~/platform/transaction.server";

import {
  changeProblems,
  floorProblems,
  isChangeable,
  isChangeEventPossible,
  type ChangeStepRefusal,
  type CompletenessCode,
  type FloorCode,
} from "./change.rules";
import { checksOf, type ChangeRef } from "./load-change.server";
import { takeStep } from "./take-step.server";

type Code = CompletenessCode | FloorCode | "projectNotChangeable" | "estimateMoved";

/**
 * Hands a change to the unit's leader. What the two checks say today, and by which figures, is stored with it: a figure
 * that changes later changes nothing about it.
 * Refuses with notInThisState, projectNotChangeable, estimateMoved, belowContracts, belowArrivals, and everything that is
 * missing.
 * @throws DomainError notFound, forbidden; conflict when it was saved by someone else meanwhile
 * @source domain.md §2
 */
export function submitChange(ctx: Ctx, ref: ChangeRef): Promise<Result<{ id: string }, Code | ChangeStepRefusal>> {
  return takeStep<Code>(ctx, {
    ...ref,
    event: "submit",
    prepare: async (tx, { change, project }) => {
      if (!isChangeEventPossible(change.state, "submit")) return accept({});
      if (!isChangeable(project.stage))
        return refuse({ code: "projectNotChangeable", facts: { stage: project.stage } });
      if (project.approvedFen !== change.estimateFen) return refuse({ code: "estimateMoved" });
      const problems = [
        ...changeProblems({ ...change, plannedStartOn: project.plannedStartOn }),
        ...floorProblems(change, await readMoneyFloor(tx, project.id)).map((each) => ({
          ...each,
          field: "newEstimate",
        })),
      ];
      if (problems.length > 0) return refuse(...problems);
      const checks = checksOf(change, await loadFigures(tx, ctx.today), ctx.today);
      return accept({
        guards: ["complete"],
        set: {
          route: checks.route.route,
          mustBeReported: checks.overrun.mustBeReported,
          checks,
          requestedBy: ctx.actor.userId,
          requestedAt: ctx.now,
        },
      });
    },
    follow: async (tx, { project: { unitId, regionId, name } }) => {
      const leads = await usersWithRole(tx, { role: "unitLead", unitId, regionId });
      await notify(tx, ctx, {
        userIds: leads.map(({ id }) => id),
        title: `请签批项目变更：${name}`,
        href: `/changes/${ref.changeId}`,
      });
      return accept(null);
    },
  });
}
