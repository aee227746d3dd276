import { eq } from "drizzle-orm";

import { units } from "@db/schema";
import { accept, type Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";
import { samePerson } from "~/policy";

import { takeStep, type StepRef } from "../take-step.server";
import { tellRegion } from "../tell.server";
import { EXEMPTION } from "./exemption-kind.server";
import type { ExemptionStepRefusal } from "./exemption.lifecycle";

/**
 * The unit's leader signs a request; the bureau has it from now on. Nobody signs what he asked for himself.
 * Refuses with notInThisState, otherPersonThanBefore.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 * @source domain.md §1, §5
 */
export const signExemption = (ctx: Ctx, ref: StepRef): Promise<Result<{ id: string }, ExemptionStepRefusal>> =>
  takeStep(ctx, EXEMPTION, {
    ...ref,
    event: "sign",
    prepare: (_tx, { requestedBy }) =>
      Promise.resolve(
        accept({
          guards: samePerson(ctx.actor, requestedBy) ? [] : (["otherPersonThanBefore"] as const),
          set: { signedBy: ctx.actor.userId, signedAt: ctx.now },
        }),
      ),
    follow: async (tx, { id, unitId, regionId }) => {
      const [unit] = await tx.select({ name: units.name }).from(units).where(eq(units.id, unitId));
      await tellRegion(tx, ctx, regionId, "bureauReviewer", {
        title: `请审批共享闸口豁免：${unit?.name ?? ""}`,
        href: `/gates/exemptions/${id}`,
      });
    },
  });
