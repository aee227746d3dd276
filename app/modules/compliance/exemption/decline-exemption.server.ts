import type { Result } from "~/kernel/result";
import { notify } from "~/modules/inbox/index.server";
import type { Ctx } from "~/platform/transaction.server";

import { takeStep, type StepRef } from "../take-step.server";
import { EXEMPTION } from "./exemption-kind.server";
import type { ExemptionStepRefusal } from "./exemption.lifecycle";

/**
 * The unit's leader gives a request back to who made it, with a reason.
 * Refuses with notInThisState, reasonGiven.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 */
export const declineExemption = (
  ctx: Ctx,
  { opinion, ...ref }: StepRef & { readonly opinion: string },
): Promise<Result<{ id: string }, ExemptionStepRefusal>> =>
  takeStep(ctx, EXEMPTION, {
    ...ref,
    event: "decline",
    reason: opinion,
    follow: (tx, { id, requestedBy }) =>
      notify(tx, ctx, {
        userIds: [requestedBy],
        title: "共享闸口豁免申请被退回，请修改后再提交",
        href: `/gates/exemptions/${id}`,
      }),
  });
