import { and, eq, inArray, isNull } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { cloudSteps } from "@db/schema";
import { accept, type Result } from "~/kernel/result";
import { usersWithRole } from "~/modules/identity/index.server";
import { notify } from "~/modules/inbox/index.server";
import type { Ctx } from "~/platform/transaction.server";

import { actOnCloud, type SystemRow } from "./act-on-cloud.server";
import { endBlock } from "./blocks.server";
import { decideRollback, type RollbackRefusalCode } from "./steps.rules";
import type { RollBackInput } from "./steps.schema";

/**
 * The bureau takes a step back, and with it all that were built on it: from today they no longer count, and what counted
 * on earlier days stays as it was. What kept the system from a later step no longer matters.
 * Refuses with systemRetired, stepNotDone.
 * @throws DomainError notFound, forbidden; conflict when the system was changed meanwhile
 * @source domain.md §6
 */
export async function rollBackCloudStep(
  ctx: Ctx,
  systemId: string,
  { version, step, rollbackReason }: RollBackInput,
): Promise<Result<null, RollbackRefusalCode>> {
  return actOnCloud<RollbackRefusalCode>(
    ctx,
    { systemId, version },
    "cloud:rollback",
    async (tx, { system, state }) => {
      const decided = decideRollback(state, step);
      if (!decided.ok) return decided;
      const steps = decided.value;
      const after = await tx
        .update(cloudSteps)
        .set({
          rolledBackOn: ctx.today,
          rolledBackBy: ctx.actor.userId,
          rolledBackAt: ctx.now,
          rollbackReason,
        })
        .where(
          and(eq(cloudSteps.systemId, systemId), inArray(cloudSteps.step, [...steps]), isNull(cloudSteps.rolledBackOn)),
        )
        .returning();
      await endBlock(tx, ctx, systemId, `“${step}”被退回，须重新办理`);
      await tellThoseConcerned(tx, ctx, system, step);
      return accept({
        event: "cloudStepRolledBack",
        before: state.steps,
        after,
        reason: rollbackReason,
        payload: { step, steps, unitId: system.unitId },
      });
    },
  );
}

/** The unit, and whoever operates the system for it. */
async function tellThoseConcerned(tx: Transaction, ctx: Ctx, system: SystemRow, step: string): Promise<void> {
  const { regionId, unitId, operatorUnitId } = system;
  const people = await Promise.all([
    usersWithRole(tx, { role: "filer", unitId, regionId }),
    usersWithRole(tx, { role: "unitLead", unitId, regionId }),
    operatorUnitId ? usersWithRole(tx, { role: "operator", unitId: operatorUnitId, regionId }) : [],
  ]);
  await notify(tx, ctx, {
    userIds: people.flat().map(({ id }) => id),
    title: `上云步骤“${step}”被退回，请重新办理：${system.name}`,
    href: `/systems/${system.id}/cloud`,
  });
}
