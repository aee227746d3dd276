import { eq } from "drizzle-orm";

import type { DatabaseOrTransaction, Transaction } from "@db/client";
import { projects } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { Ctx } from "~/platform/transaction.server";
import { authorize, visible, type Action } from "~/policy";

export type Project = typeof projects.$inferSelect;

/**
 * The first steps of every verb on a project: lock the row, answer 404 outside the actor's sight, 403 without the
 * permission.
 * @throws DomainError notFound, forbidden
 */
export async function loadProject(tx: Transaction, ctx: Ctx, id: string, action: Action): Promise<Project> {
  const [row] = await tx.select().from(projects).where(eq(projects.id, id)).for("update");
  const project = visible(ctx.actor, "project:read", row, "project");
  authorize(ctx.actor, action, project);
  return project;
}

/**
 * A project for a page.
 * @throws DomainError notFound when it lies outside the actor's sight
 */
export async function readProject(db: DatabaseOrTransaction, actor: Actor, id: string): Promise<Project> {
  const [row] = await db.select().from(projects).where(eq(projects.id, id));
  return visible(actor, "project:read", row, "project");
}
