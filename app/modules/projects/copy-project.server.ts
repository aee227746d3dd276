import { eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import {
  budgetLines,
  fundingSources,
  maintainedSystems,
  milestones,
  performanceGoals,
  projectComponents,
  projects,
  projectUnits,
  yearSplits,
} from "@db/schema";
import { foldName } from "~/kernel/names";
import { accept, notFound, refuse, type Result } from "~/kernel/result";
import { copyProjectDemands } from "~/modules/catalog/index.server";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { shiftYears } from "./copy.rules";
import type { CreateProjectRefusal } from "./create-project.server";
import type { CopyInput } from "./draft.schema";
import { loadProject, type Project } from "./load-project.server";
import { nameColumns } from "./name-columns.server";
import { nameTaken } from "./name-taken.server";
import { nextCode } from "./project-code.server";

/**
 * Opens a draft from an earlier project of the same unit: basics with the systems it maintains, goals with all dates moved by whole years, money,
 * security, components and what data it needed. Not copied: attachments, what was decided about the old one, its
 * feasibility figure, the ground of a short-cut, and its data entries, which live on in the catalog.
 * Refuses with nameTaken.
 * @throws DomainError notFound (also for another unit's project), forbidden
 * @source domain.md §3; product: "copy last year's"
 */
export async function copyProject(
  ctx: Ctx,
  { sourceId, year, ...input }: CopyInput,
): Promise<Result<{ id: string }, CreateProjectRefusal>> {
  return inTransaction<{ id: string }, CreateProjectRefusal>(ctx, async (tx) => {
    const source = await loadProject(tx, ctx, sourceId, "project:read");
    const { unitId, regionId } = ctx.actor;
    if (source.unitId !== unitId) throw notFound("project");
    authorize(ctx.actor, "project:draft", { unitId, regionId });

    const name = input.name ?? source.name;
    const code = await nextCode(tx, regionId, year);
    if (await nameTaken(tx, { unitId, year, normalizedName: foldName(name) })) {
      return refuse({ code: "nameTaken", field: "name", facts: { year } });
    }
    const project = copiedRow(ctx, source, { name, year, code });
    await tx.insert(projects).values(project);
    await copyRows(tx, source, project);
    await copyProjectDemands(tx, ctx, { fromProjectId: source.id, toProjectId: project.id });
    await record(tx, ctx, {
      action: "project:draft",
      event: "projectDrafted",
      object: { type: "project", id: project.id, regionId },
      after: project,
      payload: { name, copiedFromId: source.id, copiedFrom: source.name },
    });
    return accept({ id: project.id });
  });
}

function copiedRow(ctx: Ctx, source: Project, { name, year, code }: { name: string; year: number; code: string }) {
  const years = year - source.year;
  return {
    id: newId(),
    regionId: ctx.actor.regionId,
    unitId: ctx.actor.unitId,
    copiedFromId: source.id,
    code,
    ...nameColumns(name, code),
    year,
    class: source.class,
    nature: source.nature,
    field: source.field,
    stage: "draft" as const,
    basis: source.basis,
    leaderName: source.leaderName,
    liaisonName: source.liaisonName,
    liaisonPhone: source.liaisonPhone,
    need: source.need,
    content: source.content,
    comparedContent: source.comparedContent,
    plannedStartOn: source.plannedStartOn && shiftYears(source.plannedStartOn, years),
    plannedEndOn: source.plannedEndOn && shiftYears(source.plannedEndOn, years),
    secret: source.secret,
    mlpsLevel: source.mlpsLevel,
    hosting: source.hosting,
    hostingReason: source.hostingReason,
    cryptoPlan: source.cryptoPlan,
    mlpsFilingNumber: source.mlpsFilingNumber,
    noDataStatement: source.noDataStatement,
    declaredFen: source.declaredFen,
    lightReasons: [],
    demonstrationFigures: source.demonstrationFigures,
    createdBy: ctx.actor.userId,
    createdAt: ctx.now,
    updatedAt: ctx.now,
  };
}

async function copyRows(tx: Transaction, source: Project, copy: { id: string; year: number; regionId: string }) {
  const years = copy.year - source.year;
  const own = { projectId: copy.id, regionId: copy.regionId };
  const of = <T>(rows: readonly T[], write: (rows: T[]) => Promise<unknown>): Promise<unknown> =>
    rows.length > 0 ? write([...rows]) : Promise.resolve();
  const at = source.id;
  const [partners, maintained, steps, goals, lines, splits, sources, components] = await Promise.all([
    tx.select().from(projectUnits).where(eq(projectUnits.projectId, at)),
    tx.select().from(maintainedSystems).where(eq(maintainedSystems.projectId, at)),
    tx.select().from(milestones).where(eq(milestones.projectId, at)),
    tx.select().from(performanceGoals).where(eq(performanceGoals.projectId, at)),
    tx.select().from(budgetLines).where(eq(budgetLines.projectId, at)),
    tx.select().from(yearSplits).where(eq(yearSplits.projectId, at)),
    tx.select().from(fundingSources).where(eq(fundingSources.projectId, at)),
    tx.select().from(projectComponents).where(eq(projectComponents.projectId, at)),
  ]);
  await of(partners, (rows) => tx.insert(projectUnits).values(rows.map((row) => ({ ...row, ...own }))));
  await of(maintained, (rows) => tx.insert(maintainedSystems).values(rows.map((row) => ({ ...row, ...own }))));
  await of(steps, (rows) =>
    tx.insert(milestones).values(
      rows.map(({ name, position, plannedOn, cumulativePercent }) => ({
        ...own,
        id: newId(),
        name,
        position,
        plannedOn: shiftYears(plannedOn, years),
        cumulativePercent,
      })),
    ),
  );
  await of(goals, (rows) => tx.insert(performanceGoals).values(rows.map((row) => ({ ...row, ...own }))));
  await of(lines, (rows) =>
    tx.insert(budgetLines).values(
      rows.map(({ position, category, name, quantity, measureUnit, unitPriceFen, declaredFen }) => ({
        ...own,
        id: newId(),
        position,
        category,
        name,
        quantity,
        measureUnit,
        unitPriceFen,
        declaredFen,
      })),
    ),
  );
  await of(splits, (rows) =>
    tx.insert(yearSplits).values(rows.map((row) => ({ ...row, ...own, year: row.year + years }))),
  );
  await of(sources, (rows) => tx.insert(fundingSources).values(rows.map((row) => ({ ...row, ...own }))));
  await of(components, (rows) => tx.insert(projectComponents).values(rows.map((row) => ({ ...row, ...own }))));
}
