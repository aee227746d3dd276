import { and, eq, isNull, sql } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { systems, type projects } from "@db/schema";
import { newId } from "~/platform/ids.server";
import { initialsOf } from "~/platform/initials.server";
import { record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { buildsSystem } from "../cloud/cloud.rules";
import { beginStanding } from "../cloud/standing.server";

/** Whoever gives the next number holds this. */
const NUMBERING = 7_306;

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
    .set({ projectId: project.id, version: sql`${systems.version} + 1` })
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
    payload: { name: system.name, code: system.code, projectId: project.id },
  });
}

async function addSystem(tx: Transaction, ctx: Ctx, project: typeof projects.$inferSelect) {
  const { regionId, unitId, name, mlpsLevel } = project;
  const [added] = await tx
    .insert(systems)
    .values({
      id: newId(),
      regionId,
      unitId,
      projectId: project.id,
      code: await nextSystemCode(tx, regionId),
      name,
      comparedName: project.comparedName,
      initials: initialsOf(name),
      ownership: "own",
      mlpsLevel,
      secret: project.secret ?? false,
      hosting: project.hosting ?? "governmentCloud",
      registeredOn: ctx.today,
    })
    .returning();
  if (!added) throw new Error("the system was not written");
  await beginStanding(tx, added);
  return added;
}

/** The next number of the inventory, XT-0001 and on; one at a time, so that no two systems get the same. */
async function nextSystemCode(tx: Transaction, regionId: string): Promise<string> {
  await tx.execute(sql`select pg_advisory_xact_lock(${NUMBERING}, hashtext(${regionId}))`);
  const [row] = await tx
    .select({ last: sql<number>`coalesce(max(substring(${systems.code} from '^XT-([0-9]{1,9})$')::int), 0)` })
    .from(systems)
    .where(eq(systems.regionId, regionId));
  return `XT-${String((row?.last ?? 0) + 1).padStart(4, "0")}`;
}
