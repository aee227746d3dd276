import { and, eq, inArray } from "drizzle-orm";

import type { DatabaseOrTransaction, Transaction } from "@db/client";
import { acceptanceExtensions, acceptances } from "@db/schema";
import { notFound } from "~/kernel/result";
import { loadProject, type Project } from "~/modules/projects/index.server";
import type { Ctx } from "~/platform/transaction.server";

import { UNDECIDED_STATES } from "./acceptance.lifecycle";

export type Acceptance = typeof acceptances.$inferSelect;
export type Extension = typeof acceptanceExtensions.$inferSelect;

/** Which application or request, and the version the form was filled in from. */
export interface AcceptanceRef {
  readonly acceptanceId: string;
  readonly version: number;
}
export interface ExtensionRef {
  readonly extensionId: string;
  readonly version: number;
}

export interface LoadedAcceptance {
  readonly acceptance: Acceptance;
  readonly project: Project;
}
export interface LoadedExtension {
  readonly extension: Extension;
  readonly project: Project;
}

/**
 * The first step of every verb on an application: lock its project, the queue for all that happens to its acceptance, and
 * read the application behind that lock.
 * @throws DomainError notFound when the project is outside the actor's sight
 */
export async function loadAcceptance(tx: Transaction, ctx: Ctx, id: string): Promise<LoadedAcceptance> {
  const [place] = await tx.select({ projectId: acceptances.projectId }).from(acceptances).where(eq(acceptances.id, id));
  if (!place) throw notFound("acceptance");
  const project = await loadProject(tx, ctx, place.projectId, "project:read");
  const [acceptance] = await tx.select().from(acceptances).where(eq(acceptances.id, id));
  if (!acceptance) throw notFound("acceptance");
  return { acceptance, project };
}

/**
 * The same of a request for a later limit.
 * @throws DomainError notFound when the project is outside the actor's sight
 */
export async function loadExtension(tx: Transaction, ctx: Ctx, id: string): Promise<LoadedExtension> {
  const [place] = await tx
    .select({ projectId: acceptanceExtensions.projectId })
    .from(acceptanceExtensions)
    .where(eq(acceptanceExtensions.id, id));
  if (!place) throw notFound("acceptanceExtension");
  const project = await loadProject(tx, ctx, place.projectId, "project:read");
  const [extension] = await tx.select().from(acceptanceExtensions).where(eq(acceptanceExtensions.id, id));
  if (!extension) throw notFound("acceptanceExtension");
  return { extension, project };
}

/** The application of a project that is not decided yet; there is at most one. */
export async function undecidedAcceptance(
  db: DatabaseOrTransaction,
  projectId: string,
): Promise<Acceptance | undefined> {
  const [row] = await db
    .select()
    .from(acceptances)
    .where(and(eq(acceptances.projectId, projectId), inArray(acceptances.state, [...UNDECIDED_STATES])));
  return row;
}

/** Notes which panel judges an application; the newest one replaces an earlier one that was cancelled. */
export async function attachPanel(tx: Transaction, acceptanceId: string, panelId: string): Promise<void> {
  await tx.update(acceptances).set({ panelId }).where(eq(acceptances.id, acceptanceId));
}
