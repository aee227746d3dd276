import { and, eq, isNull } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { resourceConnections, resources } from "@db/schema";
import { accept, conflict, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, type Action } from "~/policy";

import { lockResource, type Resource, type ResourceRef } from "../load-resource.server";
import { tell, type Tidings } from "../tell-unit.server";
import type { ConnectionRefusalCode } from "./connection.rules";

export type Connection = typeof resourceConnections.$inferSelect;

/** What a verb did with a resource's connection. */
interface Performed {
  /** as it is now; null when there is none any more */
  readonly after: Connection | null;
  /** what lists and measures read of it, on the resource */
  readonly mirror: Partial<Pick<Resource, "interfaceAttachedOn" | "testSharedOn">>;
  readonly reason?: string;
}

interface ConnectionStep {
  readonly action: Action;
  readonly event: "resourceConnected" | "resourceConnectionTested" | "resourceDisconnected";
  readonly perform: (
    tx: Transaction,
    resource: Resource,
    current: Connection | undefined,
  ) => Promise<Result<Performed, ConnectionRefusalCode>>;
  readonly tidings: (resource: Resource) => Pick<Tidings, "unitId" | "roles" | "title">;
}

/**
 * Changes how a resource is attached to the exchange, in the one order of its verbs: load in sight, authorize, the version
 * that was read, perform, mirror on the resource, record, tell.
 * @throws DomainError notFound, forbidden; conflict when the resource changed after this page was opened
 */
export async function takeConnectionStep(
  ctx: Ctx,
  ref: ResourceRef,
  { action, event, perform, tidings }: ConnectionStep,
): Promise<Result<null, ConnectionRefusalCode>> {
  return inTransaction<null, ConnectionRefusalCode>(ctx, async (tx) => {
    const resource = await lockResource(tx, ctx, ref.id);
    authorize(ctx.actor, action, resource);
    if (resource.version !== ref.version) throw conflict("resource");
    const [current] = await tx
      .select()
      .from(resourceConnections)
      .where(and(eq(resourceConnections.resourceId, resource.id), isNull(resourceConnections.removedOn)))
      .for("update");
    const performed = await perform(tx, resource, current);
    if (!performed.ok) return performed;
    const { after, mirror, reason } = performed.value;
    const [written] = await tx
      .update(resources)
      .set({ ...mirror, version: resource.version + 1 })
      .where(and(eq(resources.id, resource.id), eq(resources.version, resource.version)))
      .returning({ id: resources.id });
    if (!written) throw conflict("resource");
    const { id, regionId, unitId, name } = resource;
    const { method, address, testResult } = after ?? current ?? {};
    await record(tx, ctx, {
      action,
      event,
      object: { type: "resource", id, regionId },
      before: current,
      after,
      ...(reason && { reason }),
      payload: { resourceId: id, unitId, name, method, address, testResult },
    });
    await tell(tx, ctx, { regionId, href: `/catalog/${id}?tab=connection`, ...tidings(resource) });
    return accept(null);
  });
}

/** Ends a connection; it stays in the history. */
export async function endConnection(tx: Transaction, ctx: Ctx, { id, version }: Connection): Promise<void> {
  await tx
    .update(resourceConnections)
    .set({ removedOn: ctx.today, version: version + 1 })
    .where(and(eq(resourceConnections.id, id), eq(resourceConnections.version, version)));
}
