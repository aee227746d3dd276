import { and, eq, isNull } from "drizzle-orm";

import { systems, units } from "@db/schema";
import { accept, refuse, type Result } from "~/kernel/result";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, visible } from "~/policy";

import { reconsiderScope } from "../cloud/scope/propose-by-rule.server";
import { beginStanding } from "../cloud/standing.server";
import { factProblems, type FactCode } from "./inventory.rules";
import type { RegisterInput } from "./inventory.schema";
import { holdNumbering, nextSystemCodes } from "./next-system-code.server";
import { readSurroundings } from "./surroundings.server";
import { factColumns } from "./system-row.server";

/**
 * Registers a system: a filer for the own unit, the bureau for any unit of the region. It counts from today on until the
 * rule of scope has been answered; that it is vertical, secret or of a high level is proposed to a second person at once.
 * Names are compared while nobody else registers, so that a second submit finds the first.
 * Refuses with what factProblems finds.
 * @throws DomainError notFound, forbidden
 * @source domain.md §6
 */
export async function registerSystem(
  ctx: Ctx,
  { unitId: wanted, ...facts }: RegisterInput,
): Promise<Result<{ id: string; code: string }, FactCode>> {
  return inTransaction<{ id: string; code: string }, FactCode>(ctx, async (tx) => {
    const unitId = wanted ?? ctx.actor.unitId;
    const [found] = await tx
      .select({ unitId: units.id, regionId: units.regionId })
      .from(units)
      .where(and(eq(units.id, unitId), isNull(units.closedOn)));
    const unit = visible(ctx.actor, "system:read", found, "unit");
    authorize(ctx.actor, "system:edit", unit);
    await holdNumbering(tx, unit.regionId);
    const problems = factProblems(facts, await readSurroundings(tx, unit, facts, ctx.today));
    if (problems.length > 0) return refuse(...problems);

    const [code = ""] = await nextSystemCodes(tx, unit.regionId, 1);
    const [system] = await tx
      .insert(systems)
      .values({
        id: newId(),
        ...unit,
        code,
        ...factColumns(facts),
        registeredOn: ctx.today,
        updatedAt: ctx.now,
      })
      .returning();
    if (!system) throw new Error("the system was not written");
    await beginStanding(tx, system);
    await record(tx, ctx, {
      action: "system:edit",
      event: "systemRegistered",
      object: { type: "system", id: system.id, regionId: unit.regionId },
      after: system,
      payload: { name: system.name, code, unitId },
    });
    await reconsiderScope(tx, ctx, system);
    return accept({ id: system.id, code });
  });
}
