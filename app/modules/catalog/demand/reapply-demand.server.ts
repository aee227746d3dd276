import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import { admitApplication } from "./application-facts.server";
import type { ApplicationRefusalCode, DemandStepRefusal } from "./demand.rules";
import type { ApplicationInput } from "./demand.schema";
import { takeDemandStep, type DemandRef } from "./take-demand-step.server";
import { tellParties } from "./tell-party.server";

/**
 * The requester hands a returned demand in again, mended; it goes the whole way once more. What came with a filing goes
 * its own way from here. Refuses with notInThisState and as refuseApplication does.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §4
 */
export const reapplyDemand = (
  ctx: Ctx,
  { id, version, ...input }: DemandRef & ApplicationInput,
): Promise<Result<null, DemandStepRefusal | ApplicationRefusalCode>> =>
  takeDemandStep<ApplicationRefusalCode>(
    ctx,
    { id, version },
    {
      event: "reapply",
      admit: (tx, demand) => admitApplication(tx, ctx, demand.unitId, input, demand.id),
      set: {
        draftedBy: ctx.actor.userId,
        appliedAt: ctx.now,
        reviewedBy: null,
        reviewedAt: null,
        checkDueOn: null,
        returnReason: null,
      },
      afterwards: (tx, after) => tellParties(tx, ctx, after, "请审核数据需求", [["requester", "unitLead"]]),
    },
  );
