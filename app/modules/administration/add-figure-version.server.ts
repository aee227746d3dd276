import { asc, eq } from "drizzle-orm";

import { ruleFigures } from "@db/schema";
import { accept, notFound, refuse, type Result } from "~/kernel/result";
import { readFigureValue, type FigureValueRefusal } from "~/platform/figure-kinds";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { decideNewVersion, type NewVersionRefusal } from "./figure-version.rules";
import type { NewVersionInput } from "./figure-version.schema";

/**
 * Gives a rule figure a new value from a later day on. The old row stays: what was decided by it can still be explained.
 * The figure's rows are locked, so of two equal entries the second is refused.
 * Refuses with notInFuture, dayTaken, and what the catalogue says of the value.
 * @throws DomainError forbidden; notFound for a figure that does not exist
 */
export async function addFigureVersion(
  ctx: Ctx,
  code: string,
  { value: typed, inForceFrom, source, reason }: NewVersionInput,
): Promise<Result<{ id: string }, NewVersionRefusal | FigureValueRefusal>> {
  return inTransaction<{ id: string }, NewVersionRefusal | FigureValueRefusal>(ctx, async (tx) => {
    const { regionId, unitId, userId } = ctx.actor;
    // Locked first and read after: what another entry wrote while this one waited must be seen.
    await tx.select({ id: ruleFigures.id }).from(ruleFigures).where(eq(ruleFigures.code, code)).for("update");
    const versions = await tx
      .select()
      .from(ruleFigures)
      .where(eq(ruleFigures.code, code))
      .orderBy(asc(ruleFigures.inForceFrom), asc(ruleFigures.id));
    const latest = versions.findLast(({ withdrawnAt }) => withdrawnAt === null) ?? versions.at(-1);
    if (!latest) throw notFound("ruleFigure");
    authorize(ctx.actor, "admin:system", { regionId, unitId });

    const value = readFigureValue(code, typed);
    const day = decideNewVersion(
      versions.map((version) => ({ inForceFrom: version.inForceFrom, withdrawn: version.withdrawnAt !== null })),
      inForceFrom,
      ctx.today,
    );
    if (!value.ok || !day.ok) return refuse(...(value.ok ? [] : value.refusals), ...(day.ok ? [] : day.refusals));

    const version = {
      id: newId(),
      code,
      inForceFrom,
      value: value.value,
      unit: latest.unit,
      name: latest.name,
      source,
      note: reason,
      enteredBy: userId,
      enteredAt: ctx.now,
    };
    await tx.insert(ruleFigures).values(version);
    await record(tx, ctx, {
      action: "admin:system",
      event: "figureVersionAdded",
      object: { type: "ruleFigure", id: version.id, regionId },
      before: latest,
      after: version,
      reason,
      payload: { code, name: latest.name, value: value.value, inForceFrom },
    });
    return accept({ id: version.id });
  });
}
