import { and, eq, inArray } from "drizzle-orm";

import { maintainedSystems, projectUnits, systems, units } from "@db/schema";
import { foldName } from "~/kernel/names";
import { accept, refuse, type Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import { editFiling } from "./edit-filing.server";
import type { BasicsInput } from "./filing.schema";
import { nameColumns } from "./name-columns.server";
import { nameTaken } from "./name-taken.server";

/**
 * Saves the basics of a filing. Other units are kept as they were written, and linked where the name is a unit's; of the
 * systems that it maintains those are kept that are the unit's own.
 * Refuses with notEditable, nameTaken.
 * @throws DomainError notFound, forbidden, conflict
 */
export async function saveBasics(
  ctx: Ctx,
  projectId: string,
  input: BasicsInput,
): Promise<Result<{ version: number }, "notEditable" | "nameTaken">> {
  const { version, leads, partners, maintained = [], name, ...texts } = input;
  return editFiling<"nameTaken">(ctx, { projectId, version }, "basics", async (tx, project) => {
    const normalizedName = foldName(name);
    const { unitId, year, regionId } = project;
    if (await nameTaken(tx, { unitId, year, normalizedName, exceptId: project.id })) {
      return refuse({ code: "nameTaken", field: "name", facts: { year } });
    }
    const mentions = [
      ...leads.map((mention) => ({ mention, role: "lead" as const })),
      ...partners.filter((mention) => !leads.includes(mention)).map((mention) => ({ mention, role: "co" as const })),
    ];
    await tx.delete(projectUnits).where(eq(projectUnits.projectId, project.id));
    if (mentions.length > 0) {
      const names = mentions.map(({ mention }) => mention);
      const known = await tx
        .select({ id: units.id, name: units.name })
        .from(units)
        .where(and(eq(units.regionId, regionId), inArray(units.name, names)));
      const idOf = new Map(known.map((unit) => [unit.name, unit.id]));
      await tx
        .insert(projectUnits)
        .values(mentions.map((row) => ({ ...row, projectId, regionId, unitId: idOf.get(row.mention) ?? null })));
    }
    await tx.delete(maintainedSystems).where(eq(maintainedSystems.projectId, project.id));
    const own =
      maintained.length > 0
        ? await tx
            .select({ systemId: systems.id })
            .from(systems)
            .where(and(eq(systems.unitId, unitId), inArray(systems.code, maintained)))
        : [];
    if (own.length > 0)
      await tx.insert(maintainedSystems).values(own.map((row) => ({ ...row, projectId: project.id, regionId })));
    return accept({
      ...texts,
      ...nameColumns(name, project.code),
      class: texts.class ?? null,
      nature: texts.nature ?? null,
      shortcut: texts.shortcut ?? null,
    });
  });
}
