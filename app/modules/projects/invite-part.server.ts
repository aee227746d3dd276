import { and, eq } from "drizzle-orm";

import { projects, units } from "@db/schema";
import { ZERO_FEN } from "~/kernel/fen";
import { foldName } from "~/kernel/names";
import { accept, notFound, refuse, type Result } from "~/kernel/result";
import { usersWithRole } from "~/modules/identity/index.server";
import { notify } from "~/modules/inbox/index.server";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { isEditable } from "./edit-filing.server";
import type { InvitationInput } from "./filing.schema";
import { loadProject } from "./load-project.server";
import { nameColumns } from "./name-columns.server";
import { nameTaken } from "./name-taken.server";
import { invitedUnits } from "./parts.queries.server";
import { invitationProblems, type InvitationCode } from "./parts.rules";
import { nextCode } from "./project-code.server";

/**
 * The lead of a cross-department project asks a partner unit to file its own part: a draft in that unit, with the lead's
 * year, class, nature, basis and schedule to start from, and a message to its filers.
 * Refuses with notEditable, partOfAnother, ownUnit, notPartner, alreadyInvited, nameTaken.
 * @throws DomainError notFound, forbidden
 * @source domain.md §3.1
 */
export async function invitePart(
  ctx: Ctx,
  leadId: string,
  { unitId, name }: InvitationInput,
): Promise<Result<{ id: string }, InvitationCode>> {
  return inTransaction<{ id: string }, InvitationCode>(ctx, async (tx) => {
    // The lead stays locked: two invitations of one unit are seen one after the other.
    const lead = await loadProject(tx, ctx, leadId, "project:read");
    authorize(ctx.actor, "project:draft", lead);
    const problems = invitationProblems({
      editable: isEditable(lead),
      isPart: lead.parentId !== null,
      leadUnitId: lead.unitId,
      invitedUnitId: unitId,
      ...(await invitedUnits(tx, leadId)),
    });
    if (problems.length > 0) return refuse(...problems);
    const { regionId, year } = lead;
    const [unit] = await tx
      .select({ name: units.name })
      .from(units)
      .where(and(eq(units.id, unitId), eq(units.regionId, regionId)));
    if (!unit) throw notFound("unit");

    const code = await nextCode(tx, regionId, year);
    if (await nameTaken(tx, { unitId, year, normalizedName: foldName(name) })) {
      return refuse({ code: "nameTaken", field: "name", facts: { year, unitName: unit.name } });
    }
    const part = {
      id: newId(),
      regionId,
      unitId,
      parentId: lead.id,
      code,
      ...nameColumns(name, code),
      year,
      class: lead.class,
      nature: lead.nature,
      stage: "draft" as const,
      basis: lead.basis,
      plannedStartOn: lead.plannedStartOn,
      plannedEndOn: lead.plannedEndOn,
      declaredFen: ZERO_FEN,
      lightReasons: [],
      createdBy: ctx.actor.userId,
      createdAt: ctx.now,
      updatedAt: ctx.now,
    };
    await tx.insert(projects).values(part);
    await record(tx, ctx, {
      action: "project:draft",
      event: "partInvited",
      object: { type: "project", id: lead.id, regionId },
      after: part,
      payload: { partId: part.id, name, unitName: unit.name },
    });
    await record(tx, ctx, {
      action: "project:draft",
      event: "projectDrafted",
      object: { type: "project", id: part.id, regionId },
      payload: { name, leadId: lead.id, invitedBy: ctx.actor.unitName },
    });
    const filers = await usersWithRole(tx, { role: "filer", unitId, regionId });
    await notify(tx, ctx, {
      userIds: filers.map(({ id }) => id),
      title: `${ctx.actor.unitName}邀请本单位填报联合项目“${lead.name}”的部分内容：${name}`,
      href: `/projects/${part.id}/check`,
    });
    return accept({ id: part.id });
  });
}
