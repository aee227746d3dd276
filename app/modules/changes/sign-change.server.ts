import { accept, type Result } from "~/kernel/result";
import { CHANGE_ROUTES } from "~/kernel/vocabulary";
import { addWorkdays } from "~/kernel/work-calendar";
import { usersWithRole } from "~/modules/identity/index.server";
import { notify } from "~/modules/inbox/index.server";
import { loadCalendar } from "~/platform/calendar.server";
import { loadFigures } from "~/platform/figures.server";
import type { Ctx } from "~/platform/transaction.server";
import { samePerson } from "~/policy";

import type { ChangeStepRefusal } from "./change.rules";
import type { ChangeRef } from "./load-change.server";
import { takeStep } from "./take-step.server";

/**
 * The unit's leader signs a change; the bureau has it from today with its limit. Nobody signs what he asked for himself.
 * Refuses with notInThisState, otherPersonThanBefore.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 * @source domain.md §1, §2
 */
export function signChange(ctx: Ctx, ref: ChangeRef): Promise<Result<{ id: string }, ChangeStepRefusal>> {
  return takeStep(ctx, {
    ...ref,
    event: "sign",
    prepare: async (tx, { change, project }) => {
      const [figures, calendar] = await Promise.all([loadFigures(tx, ctx.today), loadCalendar(tx, project.regionId)]);
      return accept({
        guards: samePerson(ctx.actor, change.requestedBy) ? [] : ["otherPersonThanBefore"],
        set: {
          signedBy: ctx.actor.userId,
          signedAt: ctx.now,
          dueOn: addWorkdays(calendar, ctx.today, figures.number("change.decideWorkdays")),
        },
      });
    },
    follow: async (tx, { change, project: { regionId, name } }) => {
      const bureau = await usersWithRole(tx, { role: "bureauReviewer", regionId });
      await notify(tx, ctx, {
        userIds: bureau.map(({ id }) => id),
        title: `请办理项目变更（${change.route ? CHANGE_ROUTES[change.route] : ""}）：${name}`,
        href: `/changes/${change.id}`,
      });
      return accept(null);
    },
  });
}
