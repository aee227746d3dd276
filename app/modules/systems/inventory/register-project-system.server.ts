import { and, eq, isNull, sql } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { systems, type projects } from "@db/schema";
import { newId } from "~/platform/ids.server";
import { initialsOf } from "~/platform/initials.server";
import { record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { buildsSystem } from "../cloud/cloud.rules";
import { reconsiderScope } from "../cloud/scope/propose-by-rule.server";
import { beginStanding } from "../cloud/standing.server";
import { nextSystemCodes } from "./next-system-code.server";

/**
 * Puts what a project built into the inventory of systems, in the act that passes its final acceptance: a new entry, or
 * the unit's own entry of the same name when the project rebuilt it. Does nothing when the inventory knows the project's
 * system already or the project built none.
 * @throws DomainError forbidden
 * @source domain.md §2, §6
 */
export async function registerProjectSystem(
  tx: Transaction,
  ctx: Ctx,
  project: typeof projects.$inferSelect,
): Promise<void> {
  authorize(ctx.actor, "acceptance:decide", project);
  if (!buildsSystem(project.class)) return;
  if ((await tx.$count(systems, eq(systems.projectId, project.id))) > 0) return;
  const { regionId, unitId } = project;
  const [rebuilt] = await tx
    .update(systems)
    .set({ projectId: project.id, updatedAt: ctx.now, version: sql`${systems.version} + 1` })
    .where(
      and(
        eq(systems.regionId, regionId),
        eq(systems.unitId, unitId),
        eq(systems.comparedName, project.comparedName),
        isNull(systems.projectId),
        isNull(systems.retiredOn),
      ),
    )
    .returning();
  const system = rebuilt ?? (await addSystem(tx, ctx, project));
  await record(tx, ctx, {
    action: "acceptance:decide",
    event: rebuilt ? "systemLinked" : "systemRegistered",
    object: { type: "system", id: system.id, regionId },
    after: system,
    payload: { name: system.name, code: system.code, unitId, projectId: project.id },
  });
  await reconsiderScope(tx, ctx, system);
}

async function addSystem(tx: Transaction, ctx: Ctx, project: typeof projects.$inferSelect) {
  const { regionId, unitId, name, mlpsLevel } = project;
  const [code = ""] = await nextSystemCodes(tx, regionId, 1);
  const [added] = await tx
    .insert(systems)
    .values({
      id: newId(),
      regionId,
      unitId,
      projectId: project.id,
      code,
      name,
      comparedName: project.comparedName,
      initials: initialsOf(name),
      ownership: "own",
      mlpsLevel,
      secret: project.secret ?? false,
      hosting: project.hosting ?? "governmentCloud",
      registeredOn: ctx.today,
      updatedAt: ctx.now,
    })
    .returning();
  if (!added) throw new Error("the system was not written");
  await beginStanding(tx, added);
  return added;
}
