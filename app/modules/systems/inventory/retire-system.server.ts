import { accept, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { checkVersion, holdSystem, writeSystem } from "./change-system.server";
import { decideRetirement, type RetireCode } from "./inventory.rules";
import type { RetireInput } from "./inventory.schema";

/**
 * Retires a system: from that day on it no longer runs and leaves the cloud rate; its entry and history stay.
 * Refuses with the codes of decideRetirement.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §6
 */
export async function retireSystem(
  ctx: Ctx,
  systemId: string,
  { version, retiredOn, reason }: RetireInput,
): Promise<Result<null, RetireCode>> {
  return inTransaction<null, RetireCode>(ctx, async (tx) => {
    const system = await holdSystem(tx, ctx, systemId);
    authorize(ctx.actor, "system:edit", system);
    checkVersion(system, version);
    const decided = decideRetirement(system, retiredOn, ctx.today);
    if (!decided.ok) return decided;
    const set = { state: "retired", retiredOn, retireReason: reason } as const;
    const after = await writeSystem(tx, ctx, system, set);
    await record(tx, ctx, {
      action: "system:edit",
      event: "systemRetired",
      object: { type: "system", id: systemId, regionId: system.regionId },
      before: system,
      after,
      reason,
      payload: { name: system.name, code: system.code, unitId: system.unitId, retiredOn },
    });
    return accept(null);
  });
}
