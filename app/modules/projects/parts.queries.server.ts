import { and, asc, eq, isNotNull, ne, sql } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { projects, projectUnits, units } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { fen, sumFen } from "~/kernel/fen";
import { can } from "~/policy";

import type { Project } from "./load-project.server";

/** The parts of which a project is the lead, those taken back included. */
export async function partsOf(db: DatabaseOrTransaction, leadId: string) {
  return db
    .select({
      id: projects.id,
      code: projects.code,
      name: projects.name,
      unitId: projects.unitId,
      regionId: projects.regionId,
      unitName: units.name,
      stage: projects.stage,
      declaredFen: projects.declaredFen,
    })
    .from(projects)
    .innerJoin(units, eq(units.id, projects.unitId))
    .where(eq(projects.parentId, leadId))
    .orderBy(asc(projects.code));
}

/**
 * A cross-department project seen from one of its filings: its lead, all parts, their sum. Units that take part see that
 * the others exist and how far they are; only what they may read has a link.
 */
export async function readFamily(db: DatabaseOrTransaction, actor: Actor, project: Project) {
  const leadId = project.parentId ?? project.id;
  const [[lead], parts] = await Promise.all([
    db
      .select({
        id: projects.id,
        code: projects.code,
        name: projects.name,
        unitId: projects.unitId,
        regionId: projects.regionId,
        unitName: units.name,
        stage: projects.stage,
        declaredFen: projects.declaredFen,
      })
      .from(projects)
      .innerJoin(units, eq(units.id, projects.unitId))
      .where(eq(projects.id, leadId)),
    partsOf(db, leadId),
  ]);
  if (!lead || parts.length === 0) return null;
  const member = ({ regionId, unitId, ...row }: typeof lead, role: "lead" | "part") => ({
    ...row,
    role,
    here: row.id === project.id,
    linked: can(actor, "project:read", { regionId, unitId }),
  });
  const counted = [lead, ...parts].filter(({ stage }) => stage !== "withdrawn");
  return {
    members: [member(lead, "lead"), ...parts.map((part) => member(part, "part"))],
    totalFen: fen(sumFen(counted.map(({ declaredFen }) => declaredFen))),
  };
}

/** Units named as partners that the register knows and that have no live part yet: whom the lead may still invite. */
export async function partnersToInvite(db: DatabaseOrTransaction, project: Project) {
  const busy = db
    .select({ unitId: projects.unitId })
    .from(projects)
    .where(and(eq(projects.parentId, project.id), ne(projects.stage, "withdrawn")));
  return db
    .selectDistinct({ id: units.id, name: units.name })
    .from(projectUnits)
    .innerJoin(units, eq(units.id, projectUnits.unitId))
    .where(
      and(
        eq(projectUnits.projectId, project.id),
        isNotNull(projectUnits.unitId),
        ne(units.id, project.unitId),
        sql`${units.id} not in ${busy}`,
      ),
    )
    .orderBy(asc(units.name));
}

/** Units that a filing names as partners and the register knows, and those that already hold a live part. */
export async function invitedUnits(db: DatabaseOrTransaction, leadId: string) {
  const [partners, holders] = await Promise.all([
    db
      .select({ unitId: projectUnits.unitId })
      .from(projectUnits)
      .where(and(eq(projectUnits.projectId, leadId), isNotNull(projectUnits.unitId))),
    db
      .select({ unitId: projects.unitId })
      .from(projects)
      .where(and(eq(projects.parentId, leadId), ne(projects.stage, "withdrawn"))),
  ]);
  return {
    partnerUnitIds: partners.flatMap(({ unitId }) => unitId ?? []),
    unitsWithPart: holders.map(({ unitId }) => unitId),
  };
}
