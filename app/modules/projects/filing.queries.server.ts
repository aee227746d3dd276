import { and, asc, eq, gt, isNotNull, isNull, lte, or, type SQL } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import {
  attachments,
  budgetLines,
  commonComponents,
  files,
  fundingSources,
  maintainedSystems,
  milestones,
  performanceGoals,
  projectComponents,
  projectUnits,
  systems,
  yearSplits,
} from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import { keysOf } from "~/kernel/vocabulary";
import { projectDemands, projectResources } from "~/modules/catalog/index.server";
import { readGate } from "~/modules/compliance/index.server";
import { loadFigures } from "~/platform/figures.server";

import { filingNotes, type FilingNote } from "./filing-notes.rules";
import { filingProblems, type FilingProblem } from "./filing.rules";
import type { Filing, FilingSurroundings, InventoryEntry } from "./filing.types";
import { HOSTING_EXEMPTIONS } from "./hosting.rules";
import type { Project } from "./load-project.server";
import { partsOf } from "./parts.queries.server";
import { similarToProject } from "./similar/similar.queries.server";

/** Components that are offered on a day, and those that a filing has decided on already: retired ones stay as they were. */
const isAsked = (today: LocalDate): SQL | undefined =>
  or(
    isNotNull(projectComponents.decision),
    and(
      or(isNull(commonComponents.availableFrom), lte(commonComponents.availableFrom, today)),
      or(isNull(commonComponents.retiredOn), gt(commonComponents.retiredOn, today)),
    ),
  );

/** Reads what a filing says, all sections, with the components that it is asked for on a day. */
export async function readFiling(db: DatabaseOrTransaction, project: Project, today: LocalDate): Promise<Filing> {
  const { id } = project;
  const [partners, steps, goals, lines, years, sources, components, attached, resources, demands, maintained] =
    await Promise.all([
      db
        .select({ role: projectUnits.role, mention: projectUnits.mention })
        .from(projectUnits)
        .where(eq(projectUnits.projectId, id))
        .orderBy(asc(projectUnits.role), asc(projectUnits.mention)),
      db
        .select({
          name: milestones.name,
          plannedOn: milestones.plannedOn,
          cumulativePercent: milestones.cumulativePercent,
        })
        .from(milestones)
        .where(eq(milestones.projectId, id))
        .orderBy(asc(milestones.position)),
      db
        .select({
          name: performanceGoals.name,
          operator: performanceGoals.operator,
          target: performanceGoals.target,
          measureUnit: performanceGoals.measureUnit,
        })
        .from(performanceGoals)
        .where(eq(performanceGoals.projectId, id))
        .orderBy(asc(performanceGoals.position)),
      db
        .select({
          category: budgetLines.category,
          name: budgetLines.name,
          quantity: budgetLines.quantity,
          measureUnit: budgetLines.measureUnit,
          unitPriceFen: budgetLines.unitPriceFen,
          declaredFen: budgetLines.declaredFen,
        })
        .from(budgetLines)
        .where(eq(budgetLines.projectId, id))
        .orderBy(asc(budgetLines.position)),
      db
        .select({ year: yearSplits.year, amountFen: yearSplits.amountFen })
        .from(yearSplits)
        .where(eq(yearSplits.projectId, id))
        .orderBy(asc(yearSplits.year)),
      db
        .select({ source: fundingSources.source, amountFen: fundingSources.amountFen })
        .from(fundingSources)
        .where(eq(fundingSources.projectId, id))
        .orderBy(asc(fundingSources.source)),
      db
        .select({
          code: commonComponents.code,
          name: commonComponents.name,
          decision: projectComponents.decision,
          reason: projectComponents.reason,
        })
        .from(commonComponents)
        .leftJoin(
          projectComponents,
          and(eq(projectComponents.componentCode, commonComponents.code), eq(projectComponents.projectId, id)),
        )
        .where(isAsked(today))
        .orderBy(asc(commonComponents.position)),
      db
        .select({ id: attachments.id, kind: attachments.kind, fileName: files.name })
        .from(attachments)
        .innerJoin(files, eq(files.id, attachments.fileId))
        .where(and(eq(attachments.projectId, id), isNull(attachments.removedAt)))
        .orderBy(asc(attachments.id)),
      projectResources(db, id),
      projectDemands(db, id),
      db
        .select({ code: systems.code, name: systems.name })
        .from(maintainedSystems)
        .innerJoin(systems, eq(systems.id, maintainedSystems.systemId))
        .where(eq(maintainedSystems.projectId, id))
        .orderBy(asc(systems.code)),
    ]);
  return {
    basics: {
      name: project.name,
      year: project.year,
      class: project.class,
      nature: project.nature,
      basis: project.basis,
      shortcut: project.shortcut,
      shortcutBasis: project.shortcutBasis,
      leaderName: project.leaderName,
      liaisonName: project.liaisonName,
      liaisonPhone: project.liaisonPhone,
      partners,
      maintained,
    },
    goals: {
      need: project.need,
      content: project.content,
      plannedStartOn: project.plannedStartOn,
      plannedEndOn: project.plannedEndOn,
      milestones: steps,
      goals,
    },
    money: { declaredFen: project.declaredFen, feasibilityFen: project.feasibilityFen, lines, years, sources },
    data: {
      // The state of an entry is left out: it moves on after the submission that freezes the rest.
      resources: resources.map((row) => ({
        id: row.id,
        name: row.name,
        category: row.category,
        summary: row.summary,
        items: row.items,
        formatClass: row.formatClass,
        sharingType: row.sharingType,
        method: row.method,
        updateCycle: row.updateCycle,
      })),
      demands: demands.map((row) => ({
        id: row.id,
        wanted: row.wanted,
        providerName: row.providerName,
        scene: row.scene,
        legalBasis: row.legalBasis,
        method: row.method,
        frequency: row.frequency,
      })),
      noDataStatement: project.noDataStatement,
    },
    security: {
      secret: project.secret,
      mlpsLevel: project.mlpsLevel,
      hosting: project.hosting,
      exemption: keysOf(HOSTING_EXEMPTIONS).find((key) => key === project.hostingReason) ?? null,
      cryptoPlan: project.cryptoPlan,
      mlpsFilingNumber: project.mlpsFilingNumber,
    },
    components: components.map(({ reason, ...component }) => ({ ...component, reason: reason ?? "" })),
    attachments: attached,
    differenceStatement: project.differenceStatement,
  };
}

/** Systems of a unit that the inventory knows and that run. */
const unitInventory = (db: DatabaseOrTransaction, unitId: string): PromiseLike<InventoryEntry[]> =>
  db
    .select({ code: systems.code, name: systems.name })
    .from(systems)
    .where(and(eq(systems.unitId, unitId), eq(systems.state, "inUse"), isNull(systems.retiredOn)))
    .orderBy(asc(systems.code));

export interface CheckedFiling {
  readonly filing: Filing;
  readonly surroundings: FilingSurroundings;
  readonly problems: readonly FilingProblem[];
  readonly notes: readonly FilingNote[];
}

/** A filing with everything that stands between it and its submission on this day. */
export async function checkFiling(
  db: DatabaseOrTransaction,
  project: Project,
  today: LocalDate,
): Promise<CheckedFiling> {
  const { unitId } = project;
  const [filing, gate, similar, parts, inventory, figures] = await Promise.all([
    readFiling(db, project, today),
    readGate(db, unitId, today),
    similarToProject(db, project, today),
    partsOf(db, project.id),
    unitInventory(db, unitId),
    loadFigures(db, today),
  ]);
  const cryptoPlanFromLevel = figures.number("filing.cryptoPlanFromLevel");
  const closedBy = gate.reasons.filter(({ blocks }) => blocks.includes("newSystems"));
  const surroundings = { unitId, closedBy, similar, parts, inventory };
  return {
    filing,
    surroundings,
    problems: filingProblems(filing, surroundings, {
      cryptoPlanFromLevel,
      mlpsNumberFromLevel: figures.number("filing.mlpsNumberFromLevel"),
      offCloudFromLevel: figures.number("filing.offCloudFromLevel"),
      yearsAfterCompletion: figures.number("filing.yearsAfterCompletion"),
    }),
    notes: filingNotes(filing, { overrunPercent: figures.number("change.overrunPercent"), cryptoPlanFromLevel }),
  };
}
