import { accept, refuse, type Result } from "~/kernel/result";
import { readMoneyFloor } from "~/modules/funding/index.server";
import { usersWithRole } from "~/modules/identity/index.server";
import { notify } from "~/modules/inbox/index.server";
import { applyChange } from "~/modules/projects/index.server";
import type { Ctx } from "~/platform/transaction.server";
import { samePerson } from "~/policy";

import {
  changeNumber,
  floorProblems,
  isChangeable,
  isChangeEventPossible,
  type ChangeStepRefusal,
  type FloorCode,
} from "./change.rules";
import type { ChangeRef } from "./load-change.server";
import { takeStep } from "./take-step.server";

type Code = FloorCode | "projectNotChangeable" | "estimateMoved";

/**
 * The bureau accepts a change — files it or approves it, as its checks said — or refuses it. Accepted, the new estimate
 * and end are on the project in the same transaction. Neither who asked nor who signed decides. A change that is approved
 * again or must be reported is accepted with an opinion that says so.
 * Refuses with notInThisState, otherPersonThanBefore, reasonGiven, opinionGiven, projectNotChangeable, estimateMoved,
 * belowContracts, belowArrivals.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 * @source domain.md §1, §2
 */
export function decideOnChange(
  ctx: Ctx,
  { event, opinion, ...ref }: ChangeRef & { readonly event: "accept" | "refuse"; readonly opinion: string },
): Promise<Result<{ id: string }, Code | ChangeStepRefusal>> {
  const said = opinion.trim();
  return takeStep<Code>(ctx, {
    ...ref,
    event,
    reason: said,
    prepare: (_tx, { change, project }) => {
      if (event === "accept" && isChangeEventPossible(change.state, event) && !isChangeable(project.stage))
        return Promise.resolve(refuse({ code: "projectNotChangeable", facts: { stage: project.stage } }));
      const otherPerson = ![change.requestedBy, change.signedBy].some((id) => samePerson(ctx.actor, id));
      const opinionNeeded = change.route === "approval" || change.mustBeReported === true;
      return Promise.resolve(
        accept({
          guards: [
            ...(otherPerson ? (["otherPersonThanBefore"] as const) : []),
            ...(said || !opinionNeeded ? (["opinionGiven"] as const) : []),
          ],
          set: { decidedBy: ctx.actor.userId, decidedAt: ctx.now, opinion: said || null },
        }),
      );
    },
    follow: async (tx, { change, project }) => {
      if (event === "accept") {
        const applied = await applyChange(tx, ctx, {
          projectId: project.id,
          from: { approvedFen: change.estimateFen },
          to: {
            approvedFen: change.newEstimateFen,
            ...(change.newPlannedEndOn && { plannedEndOn: change.newPlannedEndOn }),
          },
          reason: `${changeNumber(change.number)}：${change.reason}`,
          payload: { changeId: change.id, number: change.number, route: change.route },
        });
        if (!applied.ok) return applied;
        // Asked behind the project's lock: no contract and no money comes in between.
        const below = floorProblems(change, await readMoneyFloor(tx, project.id));
        if (below.length > 0) return refuse(...below);
      }
      const { unitId, regionId, name } = project;
      const people = await Promise.all(
        (["filer", "unitLead"] as const).map((role) => usersWithRole(tx, { role, unitId, regionId })),
      );
      await notify(tx, ctx, {
        userIds: people.flat().map(({ id }) => id),
        title: `项目变更${event === "accept" ? "已同意" : "未获同意"}：${name}`,
        href: `/changes/${change.id}`,
      });
      return accept(null);
    },
  });
}
