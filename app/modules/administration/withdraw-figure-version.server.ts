import { and, eq, isNull } from "drizzle-orm";

import { ruleFigures } from "@db/schema";
import { accept, conflict, notFound, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { decideWithdrawal, type WithdrawVersionRefusal } from "./figure-version.rules";

/**
 * Takes back a value that has not come into force. Its row stays, marked, so that the history tells of it.
 * Refuses with alreadyInForce, alreadyWithdrawn.
 * @throws DomainError forbidden; notFound for a version that is not of this figure
 */
export async function withdrawFigureVersion(
  ctx: Ctx,
  code: string,
  { versionId, reason }: { readonly versionId: string; readonly reason: string },
): Promise<Result<null, WithdrawVersionRefusal>> {
  return inTransaction<null, WithdrawVersionRefusal>(ctx, async (tx) => {
    const { regionId, unitId } = ctx.actor;
    const [version] = await tx.select().from(ruleFigures).where(eq(ruleFigures.id, versionId)).for("update");
    if (version?.code !== code) throw notFound("ruleFigure");
    authorize(ctx.actor, "admin:system", { regionId, unitId });
    const decided = decideWithdrawal(
      { inForceFrom: version.inForceFrom, withdrawn: version.withdrawnAt !== null },
      ctx.today,
    );
    if (!decided.ok) return decided;
    const [after] = await tx
      .update(ruleFigures)
      .set({ withdrawnAt: ctx.now })
      .where(and(eq(ruleFigures.id, versionId), isNull(ruleFigures.withdrawnAt)))
      .returning();
    if (!after) throw conflict("ruleFigure");
    await record(tx, ctx, {
      action: "admin:system",
      event: "figureVersionWithdrawn",
      object: { type: "ruleFigure", id: versionId, regionId },
      before: version,
      after,
      reason,
      payload: { code, name: version.name, value: version.value, inForceFrom: version.inForceFrom },
    });
    return accept(null);
  });
}
