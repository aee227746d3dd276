import { and, eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { projects } from "@db/schema";
import { accept, conflict, refuse, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import type { FilingPlace } from "./filing.types";
import { loadProject, type Project } from "./load-project.server";
import { EDITABLE_STAGES } from "./project.lifecycle";

/** Which filing is edited, and the version the form was filled in from. */
export interface FilingRef {
  readonly projectId: string;
  readonly version: number;
}

export const isEditable = ({ stage }: Pick<Project, "stage">): boolean =>
  (EDITABLE_STAGES as readonly string[]).includes(stage);

/**
 * The one order in which every section is saved: load and lock, authorize, refuse outside the editable stages, let the
 * section write its rows and name its columns, raise the version, record. Saving checks types only: a draft may be as
 * incomplete as its author likes.
 * Refuses with notEditable, or as the section's own write does.
 * @throws DomainError notFound, forbidden; conflict when the filing was saved by someone else meanwhile
 */
export async function editFiling<Code extends string = never>(
  ctx: Ctx,
  ref: FilingRef,
  section: FilingPlace,
  write: (tx: Transaction, project: Project) => Promise<Result<Partial<Project>, Code>>,
): Promise<Result<{ version: number }, Code | "notEditable">> {
  return inTransaction<{ version: number }, Code | "notEditable">(ctx, async (tx) => {
    const project = await loadProject(tx, ctx, ref.projectId, "project:read");
    authorize(ctx.actor, "project:draft", project);
    if (!isEditable(project)) return refuse<"notEditable">({ code: "notEditable" });
    const columns = await write(tx, project);
    if (!columns.ok) return columns;
    const [after] = await tx
      .update(projects)
      .set({ ...columns.value, updatedAt: ctx.now, version: ref.version + 1 })
      .where(and(eq(projects.id, project.id), eq(projects.version, ref.version)))
      .returning();
    if (!after) throw conflict("project");
    await record(tx, ctx, {
      action: "project:draft",
      event: "filingSectionSaved",
      object: { type: "project", id: project.id, regionId: project.regionId },
      before: project,
      after: { ...after, section },
      payload: { section, name: after.name },
    });
    return accept({ version: after.version });
  });
}
