import { desc, eq, sql } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { catalogDeliveries, projects } from "@db/schema";
import { accept } from "~/kernel/result";
import type { DeliveryOccasion } from "~/kernel/vocabulary";
import type { Project } from "~/modules/projects/index.server";
import { digestOf } from "~/platform/audit/digest";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, visible, type Action } from "~/policy";

import { snapshotOf } from "./snapshot.queries.server";

/**
 * Tells the platform anew of an accepted project whose systems or published resources changed: one more delivery, unless
 * the platform is told the same already. Does nothing before the final acceptance.
 * @throws DomainError notFound, forbidden
 */
export async function queueChanges(ctx: Ctx, projectId: string): Promise<void> {
  await inTransaction<null, never>(ctx, async (tx) => {
    const [row] = await tx.select().from(projects).where(eq(projects.id, projectId)).for("update");
    const project = visible(ctx.actor, "project:read", row, "project");
    authorize(ctx.actor, "catalog:publish", project);
    if (project.acceptedOn) await queueDelivery(tx, ctx, project, { occasion: "changed", action: "catalog:publish" });
    return accept(null);
  });
}

/**
 * Puts what a project is now at the end of its line to the catalog platform. Nothing is put there when it is what the
 * platform is told already, or when the project is secret: such a one stays in our registry. The caller holds the project's row, so numbers have no gaps and no twins.
 */
export async function queueDelivery(
  tx: Transaction,
  ctx: Ctx,
  project: Project,
  { occasion, action }: { readonly occasion: DeliveryOccasion; readonly action: Action },
): Promise<void> {
  if (project.secret) return;
  const [last] = await tx
    .select({ number: catalogDeliveries.number, digest: catalogDeliveries.digest })
    .from(catalogDeliveries)
    .where(eq(catalogDeliveries.projectId, project.id))
    .orderBy(desc(catalogDeliveries.number))
    .limit(1);
  const payload = await snapshotOf(tx, project, project.acceptedOn ?? ctx.today);
  const digest = digestOf(payload);
  if (last?.digest === digest) return;
  const { regionId, code: projectCode, name: projectName, unitId } = project;
  const number = (last?.number ?? 0) + 1;
  const id = newId();
  await tx.insert(catalogDeliveries).values({
    id,
    regionId,
    projectId: project.id,
    number,
    occasion,
    projectCode,
    payload,
    digest,
    state: "waiting",
    createdAt: ctx.now,
    nextAttemptAt: sql`clock_timestamp()`,
  });
  await record(tx, ctx, {
    action,
    event: "deliveryQueued",
    object: { type: "delivery", id, regionId },
    after: { number, occasion, digest },
    payload: { projectId: project.id, projectName, unitId, number, occasion },
  });
}
