import { and, eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { projects } from "@db/schema";
import type { Fen } from "~/kernel/fen";
import type { LocalDate } from "~/kernel/local-date";
import { accept, conflict, refuse, type Result } from "~/kernel/result";
import { record, type Ctx } from "~/platform/transaction.server";

import { loadProject } from "./load-project.server";

/** An accepted change of a project, as `changes` decided it. */
export interface AcceptedChange {
  readonly projectId: string;
  /** what it was measured against */
  readonly from: { readonly approvedFen: Fen };
  readonly to: { readonly approvedFen: Fen; readonly plannedEndOn?: LocalDate };
  readonly reason: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/**
 * Writes an accepted change onto its project, in the transaction of the decision.
 * Refuses with estimateMoved when the approved estimate is no longer the one the change was measured against.
 * @unit fen
 * @throws DomainError notFound, forbidden; conflict when the project changed meanwhile
 * @source domain.md §2
 */
export async function applyChange(
  tx: Transaction,
  ctx: Ctx,
  { projectId, from, to, reason, payload }: AcceptedChange,
): Promise<Result<null, "estimateMoved">> {
  const project = await loadProject(tx, ctx, projectId, "change:decide");
  if (project.approvedFen !== from.approvedFen) return refuse({ code: "estimateMoved" });
  const [after] = await tx
    .update(projects)
    .set({ ...to, updatedAt: ctx.now, version: project.version + 1 })
    .where(and(eq(projects.id, projectId), eq(projects.version, project.version)))
    .returning();
  if (!after) throw conflict("project");
  await record(tx, ctx, {
    action: "change:decide",
    event: "projectChanged",
    object: { type: "project", id: projectId, regionId: project.regionId },
    before: project,
    after,
    reason,
    payload: {
      ...payload,
      name: project.name,
      approvedFen: [project.approvedFen, after.approvedFen],
      plannedEndOn: [project.plannedEndOn, after.plannedEndOn],
    },
  });
  return accept(null);
}
