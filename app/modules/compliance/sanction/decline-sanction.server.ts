import { accept, type Result } from "~/kernel/result";
import { notify } from "~/modules/inbox/index.server";
import type { Ctx } from "~/platform/transaction.server";
import { samePerson } from "~/policy";

import { takeStep, type StepRef } from "../take-step.server";
import { SANCTION } from "./sanction-kind.server";
import type { SanctionStepRefusal } from "./sanction.lifecycle";
import { sanctionName } from "./sanction.rules";

/**
 * Another person of the bureau does not impose what was proposed, with a reason.
 * Refuses with notInThisState, otherPersonThanBefore, reasonGiven.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 */
export const declineSanction = (
  ctx: Ctx,
  { opinion, ...ref }: StepRef & { readonly opinion: string },
): Promise<Result<{ id: string }, SanctionStepRefusal>> =>
  takeStep(ctx, SANCTION, {
    ...ref,
    event: "decline",
    reason: opinion,
    prepare: (_tx, { proposedBy }) =>
      Promise.resolve(
        accept({
          guards: samePerson(ctx.actor, proposedBy) ? [] : (["otherPersonThanBefore"] as const),
          set: { decidedBy: ctx.actor.userId, opinion: opinion.trim() || null },
        }),
      ),
    follow: (tx, sanction) =>
      notify(tx, ctx, {
        userIds: [sanction.proposedBy],
        title: `${sanctionName(sanction)}未予实施`,
        href: `/sanctions/${sanction.id}`,
      }),
  });
