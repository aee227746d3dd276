import { and, inArray, isNull } from "drizzle-orm";

import { units } from "@db/schema";
import { accept, refuse, type Result } from "~/kernel/result";
import { usersWithRole } from "~/modules/identity/index.server";
import { notify } from "~/modules/inbox/index.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, can } from "~/policy";

import { reconsiderScope } from "../cloud/scope/propose-by-rule.server";
import { changeStanding } from "../cloud/standing.server";
import { checkVersion, holdSystem, writeSystem } from "./change-system.server";
import type { TransferInput } from "./inventory.schema";
import { holdNumbering } from "./next-system-code.server";
import { sameNamed } from "./surroundings.server";

type Code = "sameUnit" | "unitNotFound" | "nameTaken" | "isRetired";

/**
 * Gives a system to another unit of the region from today on: until yesterday it counts for the unit that had it. The unit
 * that receives it is told.
 * Refuses with sameUnit, unitNotFound, nameTaken (the other unit has one of this name), isRetired.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §6
 */
export async function transferSystem(
  ctx: Ctx,
  systemId: string,
  { version, unitId, reason }: TransferInput,
): Promise<Result<null, Code>> {
  return inTransaction<null, Code>(ctx, async (tx) => {
    const system = await holdSystem(tx, ctx, systemId);
    authorize(ctx.actor, "system:govern", system);
    checkVersion(system, version);
    if (system.state === "retired") return refuse({ code: "isRetired" });
    if (unitId === system.unitId) return refuse({ code: "sameUnit", field: "unitId" });
    const named = await tx
      .select({ id: units.id, name: units.name, regionId: units.regionId })
      .from(units)
      .where(and(inArray(units.id, [unitId, system.unitId]), isNull(units.closedOn)));
    const [from, to] = [named.find(({ id }) => id === system.unitId), named.find(({ id }) => id === unitId)];
    const object = to && { unitId: to.id, regionId: to.regionId };
    if (!to || !object || to.regionId !== system.regionId || !can(ctx.actor, "system:govern", object))
      return refuse({ code: "unitNotFound", field: "unitId" });
    await holdNumbering(tx, system.regionId);
    const taken = await sameNamed(tx, object, system.name);
    if (taken !== undefined)
      return refuse({ code: "nameTaken", field: "unitId", facts: { code: taken, name: system.name } });

    const after = await writeSystem(tx, ctx, system, { unitId });
    await changeStanding(tx, systemId, ctx.today, { unitId });
    await record(tx, ctx, {
      action: "system:govern",
      event: "systemTransferred",
      object: { type: "system", id: systemId, regionId: system.regionId },
      before: system,
      after,
      reason,
      payload: {
        name: system.name,
        code: system.code,
        unitId,
        fromUnitId: system.unitId,
        changes: [{ title: "主管单位", before: from?.name ?? "", after: to.name }],
      },
    });
    const people = await usersWithRole(tx, { role: "filer", unitId, regionId: to.regionId });
    await notify(tx, ctx, {
      userIds: people.map(({ id }) => id),
      title: `信息系统“${system.name}”已移交本单位主管，请核对登记信息`,
      href: `/systems/${systemId}`,
    });
    await reconsiderScope(tx, ctx, after);
    return accept(null);
  });
}
