import { projects } from "@db/schema";
import { foldName } from "~/kernel/names";
import { ZERO_FEN } from "~/kernel/fen";
import { accept, refuse, type Result } from "~/kernel/result";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import type { NewProject } from "./draft.schema";
import { nameColumns } from "./name-columns.server";
import { nameTaken } from "./name-taken.server";
import { nextCode } from "./project-code.server";

export type CreateProjectRefusal = "nameTaken";

/**
 * Opens a draft filing for the actor's unit and gives it its number (region code, year, running number).
 * Refuses with nameTaken when the unit already has a live project of the same name in that year: a double click or a
 * second liaison must not file twice.
 */
export async function createProject(
  ctx: Ctx,
  input: NewProject,
): Promise<Result<{ id: string }, CreateProjectRefusal>> {
  return inTransaction(ctx, async (tx) => {
    const { unitId, regionId } = ctx.actor;
    authorize(ctx.actor, "project:draft", { unitId, regionId });

    // The sequence row is locked first: two submits of one form are then seen one after the other.
    const code = await nextCode(tx, regionId, input.year);
    const normalizedName = foldName(input.name);
    if (await nameTaken(tx, { unitId, year: input.year, normalizedName })) {
      return refuse({ code: "nameTaken", field: "name", facts: { year: input.year } });
    }

    const project = {
      id: newId(),
      regionId,
      unitId,
      code,
      ...nameColumns(input.name, code),
      year: input.year,
      class: input.class,
      nature: input.nature,
      stage: "draft" as const,
      declaredFen: ZERO_FEN,
      lightReasons: [],
      createdBy: ctx.actor.userId,
      createdAt: ctx.now,
      updatedAt: ctx.now,
    };
    await tx.insert(projects).values(project);
    await record(tx, ctx, {
      action: "project:draft",
      event: "projectDrafted",
      object: { type: "project", id: project.id, regionId },
      after: project,
      payload: { name: project.name },
    });
    return accept({ id: project.id });
  });
}
