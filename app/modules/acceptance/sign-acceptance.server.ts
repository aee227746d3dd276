import { accept, type Result } from "~/kernel/result";
import { ACCEPTANCE_KINDS } from "~/kernel/vocabulary";
import { addWorkdays } from "~/kernel/work-calendar";
import { loadCalendar } from "~/platform/calendar.server";
import { loadFigures } from "~/platform/figures.server";
import type { Ctx } from "~/platform/transaction.server";

import type { AcceptanceStepRefusal } from "./acceptance.rules";
import type { AcceptanceRef } from "./load-acceptance.server";
import { takeStep } from "./take-step.server";
import { tell } from "./tell.server";

/**
 * The unit's leader signs an application; the bureau has it from today with its limit. Nobody signs what he submitted.
 * Refuses with notInThisState, otherPersonThanBefore.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 * @source domain.md §1, §2; rule figure acceptance.decideWorkdays
 */
export function signAcceptance(ctx: Ctx, ref: AcceptanceRef): Promise<Result<{ id: string }, AcceptanceStepRefusal>> {
  return takeStep(ctx, {
    ...ref,
    event: "sign",
    prepare: async (tx, { project }) => {
      const [figures, calendar] = await Promise.all([loadFigures(tx, ctx.today), loadCalendar(tx, project.regionId)]);
      return accept({
        set: {
          signedBy: ctx.actor.userId,
          signedAt: ctx.now,
          dueOn: addWorkdays(calendar, ctx.today, figures.number("acceptance.decideWorkdays")),
        },
      });
    },
    follow: async (tx, { acceptance, project }) => {
      await tell(tx, ctx, project, ["bureauReviewer"], `请办理${ACCEPTANCE_KINDS[acceptance.kind]}`);
      return accept(null);
    },
  });
}
