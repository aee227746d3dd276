import { and, eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { commonComponents } from "@db/schema";
import { accept, conflict, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import type { ComponentRefusal } from "./component.refusals";
import { lockRegister, loadComponent, subjectOf, type Component } from "./load-component.server";

/** Which component, and the version the form was filled in from. */
export interface ComponentRef {
  readonly code: string;
  readonly version: number;
}

interface Change extends ComponentRef {
  readonly event: "componentEdited" | "componentRetired";
  readonly reason?: string;
  /** what the verb has against it, or the columns that change */
  readonly prepare: (tx: Transaction, component: Component) => Promise<Result<Partial<Component>, ComponentRefusal>>;
}

/**
 * Changes a component in the one order of all verbs.
 * @throws DomainError notFound, forbidden; conflict when another edit came first
 */
export async function changeComponent(
  ctx: Ctx,
  { code, version, event, reason, prepare }: Change,
): Promise<Result<{ code: string }, ComponentRefusal>> {
  return inTransaction<{ code: string }, ComponentRefusal>(ctx, async (tx) => {
    const { actor } = ctx;
    authorize(actor, "component:edit", { unitId: actor.unitId, regionId: actor.regionId });
    await lockRegister(tx);
    const component = await loadComponent(tx, code, version);
    const prepared = await prepare(tx, component);
    if (!prepared.ok) return prepared;
    const [after] = await tx
      .update(commonComponents)
      .set({ ...prepared.value, updatedBy: actor.userId, updatedAt: ctx.now, version: version + 1 })
      .where(and(eq(commonComponents.code, code), eq(commonComponents.version, version)))
      .returning();
    if (!after) throw conflict("component");
    await record(tx, ctx, {
      action: "component:edit",
      event,
      object: { type: "component", id: subjectOf(code), regionId: actor.regionId },
      before: component,
      after,
      ...(reason && { reason }),
      payload: { code, name: after.name, retiredOn: after.retiredOn },
    });
    return accept({ code });
  });
}
