import { and, eq, isNull, sql } from "drizzle-orm";

import { cloudSteps, systems } from "@db/schema";
import { accept, conflict, type Result } from "~/kernel/result";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, visible } from "~/policy";

import { decideCloudStep, type CloudStepRefusalCode } from "./cloud.rules";
import type { CloudStepInput } from "./cloud.schema";
import { standingOf } from "./standing.server";

/**
 * Records one of the seven steps of a system as completed, with its evidence. The system's version guards against two
 * people recording at once; the key (system, step) against a double submit.
 * Refuses with the codes of decideCloudStep.
 * @throws DomainError notFound, forbidden, conflict
 */
export async function recordCloudStep(
  ctx: Ctx,
  systemId: string,
  input: CloudStepInput,
): Promise<Result<null, CloudStepRefusalCode>> {
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx.select().from(systems).where(eq(systems.id, systemId)).for("update");
    const system = visible(ctx.actor, "system:read", row, "system");
    authorize(ctx.actor, "cloud:record", system);

    const done = await tx
      .select({ step: cloudSteps.step, completedOn: cloudSteps.completedOn })
      .from(cloudSteps)
      .where(and(eq(cloudSteps.systemId, systemId), isNull(cloudSteps.rolledBackOn)));
    const standing = await standingOf(tx, systemId);
    const decided = decideCloudStep(
      { done, outOfScope: standing.scope === "out", today: ctx.today },
      input.step,
      input.completedOn,
    );
    if (!decided.ok) return decided;

    const written = await tx
      .update(systems)
      .set({ version: sql`${systems.version} + 1` })
      .where(and(eq(systems.id, systemId), eq(systems.version, input.version)))
      .returning({ id: systems.id });
    if (written.length === 0) throw conflict("system");
    const step = {
      id: newId(),
      systemId,
      step: input.step,
      regionId: system.regionId,
      completedOn: input.completedOn,
      evidence: input.evidence,
      recordedBy: ctx.actor.userId,
      recordedAt: ctx.now,
    };
    await tx.insert(cloudSteps).values(step);
    await record(tx, ctx, {
      action: "cloud:record",
      event: "cloudStepCompleted",
      object: { type: "system", id: systemId, regionId: system.regionId },
      before: { done },
      after: step,
      payload: { step: input.step, completedOn: input.completedOn },
    });
    return accept(null);
  });
}
