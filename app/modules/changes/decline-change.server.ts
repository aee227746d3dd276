import { accept, type Result } from "~/kernel/result";
import { notify } from "~/modules/inbox/index.server";
import type { Ctx } from "~/platform/transaction.server";

import type { ChangeStepRefusal } from "./change.rules";
import type { ChangeRef } from "./load-change.server";
import { takeStep } from "./take-step.server";

/**
 * The unit's leader gives a change back to who asked for it, with a reason. The checks are made anew when it is submitted
 * again.
 * Refuses with notInThisState, reasonGiven.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 */
export function declineChange(
  ctx: Ctx,
  { opinion, ...ref }: ChangeRef & { readonly opinion: string },
): Promise<Result<{ id: string }, ChangeStepRefusal>> {
  return takeStep(ctx, {
    ...ref,
    event: "decline",
    reason: opinion,
    prepare: () => Promise.resolve(accept({ set: { route: null, mustBeReported: null, checks: null } })),
    follow: async (tx, { change, project: { name } }) => {
      await notify(tx, ctx, {
        userIds: [change.requestedBy],
        title: `项目变更被退回，请修改后再提交：${name}`,
        href: `/changes/${change.id}`,
      });
      return accept(null);
    },
  });
}
