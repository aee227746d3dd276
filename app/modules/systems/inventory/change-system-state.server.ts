import { SYSTEM_STATES } from "~/kernel/vocabulary";
import { accept, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { checkVersion, holdSystem, writeSystem } from "./change-system.server";
import { decideRunning, type RunCode } from "./inventory.rules";

/** Suspends a system or takes it into use again. It stays in the inventory and in the cloud rate. */
async function changeSystemState(
  ctx: Ctx,
  systemId: string,
  { version, reason }: { readonly version: number; readonly reason: string },
  to: "inUse" | "suspended",
): Promise<Result<null, RunCode>> {
  return inTransaction<null, RunCode>(ctx, async (tx) => {
    const system = await holdSystem(tx, ctx, systemId);
    authorize(ctx.actor, "system:edit", system);
    checkVersion(system, version);
    const decided = decideRunning(system.state, to);
    if (!decided.ok) return decided;
    const after = await writeSystem(tx, ctx, system, { state: to });
    await record(tx, ctx, {
      action: "system:edit",
      event: "systemStateChanged",
      object: { type: "system", id: systemId, regionId: system.regionId },
      before: system,
      after,
      reason,
      payload: {
        name: system.name,
        code: system.code,
        unitId: system.unitId,
        changes: [{ title: "使用状态", before: SYSTEM_STATES[system.state], after: SYSTEM_STATES[to] }],
      },
    });
    return accept(null);
  });
}

type Input = { readonly version: number; readonly reason: string };

/** Refuses with alreadyRetired, notRunning. @throws DomainError notFound, forbidden, conflict */
export const suspendSystem = (ctx: Ctx, systemId: string, input: Input) =>
  changeSystemState(ctx, systemId, input, "suspended");

/** Refuses with alreadyRetired, notSuspended. @throws DomainError notFound, forbidden, conflict */
export const resumeSystem = (ctx: Ctx, systemId: string, input: Input) =>
  changeSystemState(ctx, systemId, input, "inUse");
