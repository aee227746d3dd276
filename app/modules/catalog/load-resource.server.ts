import { eq } from "drizzle-orm";

import type { DatabaseOrTransaction, Transaction } from "@db/client";
import { resources } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { notFound } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";
import { can } from "~/policy";

export type Resource = typeof resources.$inferSelect;

/** A resource as a form names it: the version is the one its page showed. */
export interface ResourceRef {
  readonly id: string;
  readonly version: number;
}

/**
 * The resource if the actor may see it: what is or was in force is there for every unit of the region, what is not yet
 * published or withdrawn only for its own unit and for whoever publishes.
 * @throws DomainError notFound
 * @source domain.md §4
 */
export function visibleResource(actor: Actor, resource: Resource | undefined): Resource {
  if (!resource || !can(actor, "catalog:read", resource)) throw notFound("resource");
  const inForce = resource.state === "published" || resource.state === "suspended";
  if (!inForce && resource.unitId !== actor.unitId && !can(actor, "catalog:publish", resource)) {
    throw notFound("resource");
  }
  return resource;
}

/** Locks a resource that is about to change. @throws DomainError notFound */
export async function lockResource(tx: Transaction, ctx: Ctx, id: string): Promise<Resource> {
  const [row] = await tx.select().from(resources).where(eq(resources.id, id)).for("update");
  return visibleResource(ctx.actor, row);
}

/** A resource for a page. @throws DomainError notFound */
export async function readVisibleResource(db: DatabaseOrTransaction, actor: Actor, id: string): Promise<Resource> {
  const [row] = await db.select().from(resources).where(eq(resources.id, id));
  return visibleResource(actor, row);
}
