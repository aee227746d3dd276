import { sumFen } from "~/kernel/fen";
import type { Refusal } from "~/kernel/result";
import { keysOf, type AttachmentKind, type ProjectNature } from "~/kernel/vocabulary";
import { isUpkeep } from "~/modules/compliance";

import { lineAmount } from "./budget.rules";
import {
  FILING_SECTIONS,
  type Basics,
  type ComponentChoice,
  type DataSection,
  type Filing,
  type FilingPlace,
  type FilingSection,
  type FilingSurroundings,
  type Goals,
  type Money,
  type Security,
} from "./filing.types";
import { hostingProblems, type HostingCode } from "./hosting.rules";
import { categoryProblems, classProblems, type NatureCode } from "./nature.rules";
import { partProblems } from "./parts.rules";

/** Nothing there yet: it keeps a section unfinished, but it is no mistake. */
const UNFINISHED = [
  "missing",
  "maintainedMissing",
  "milestonesMissing",
  "goalsMissing",
  "linesMissing",
  "catalogMissing",
  "componentsUndecided",
  "attachmentMissing",
  "earlierEvaluationMissing",
] as const;

export type FilingCode =
  | (typeof UNFINISHED)[number]
  | HostingCode
  | NatureCode
  | "scheduleReversed"
  | "milestonesOutOfOrder"
  | "milestoneOutsideSchedule"
  | "milestonesNotComplete"
  | "goalTargetNotNumber"
  | "goalUnitMissing"
  | "lineNotProduct"
  | "linesNotTotal"
  | "yearsNotTotal"
  | "yearOutsideSchedule"
  | "sourcesNotTotal"
  | "noDataContradicted"
  | "componentReasonMissing"
  | "unitSanctioned"
  | "gateBlocksFiling"
  | "maintainedNotInUse"
  | "noSystemInInventory"
  | "partUnsigned"
  | "differenceMissing";

export interface FilingProblem extends Refusal<FilingCode> {
  readonly section: FilingPlace;
}

/** Figures of the rule table that the checks need. */
export interface FilingFigures {
  /** from this level on a crypto plan is due @unit MLPS level */
  readonly cryptoPlanFromLevel: number;
  /** from this level on an existing system has an MLPS filing number @unit MLPS level */
  readonly mlpsNumberFromLevel: number;
  /** from this level on a system may stand off the government cloud @unit MLPS level */
  readonly offCloudFromLevel: number;
  /** money may still be planned so long after completion, for retentions @unit years */
  readonly yearsAfterCompletion: number;
}

/**
 * Everything that stands between a filing and its submission: completeness and the checks across sections. An empty list
 * means that it may be submitted. The task list, the check page, the verb and the reviewer all ask this one function.
 * @source domain.md §3
 */
export function filingProblems(
  filing: Filing,
  surroundings: FilingSurroundings,
  figures: FilingFigures,
): FilingProblem[] {
  const { class: projectClass, nature } = filing.basics;
  const studied = needsFeasibility(filing.basics);
  // A consultancy or test builds nothing that could stand on a cloud or reuse a component.
  const buildsSystem = projectClass !== "thirdParty";
  return [
    ...at("basics", [...basicsProblems(filing.basics), ...maintainedProblems(filing.basics, surroundings)]),
    ...at("goals", goalsProblems(filing.goals)),
    ...at("money", [
      ...moneyProblems(filing.money, studied),
      ...scheduleProblems(filing.money, filing.goals, figures),
      ...categoryProblems(filing.basics, filing.money.lines),
    ]),
    ...at("data", dataProblems(filing.data)),
    ...at("security", securityProblems(filing.security, nature, buildsSystem, figures)),
    ...at("components", buildsSystem ? componentProblems(filing.components) : []),
    ...at("attachments", attachmentProblems(filing)),
    ...at("check", [
      ...gateProblems(surroundings, nature),
      ...inventoryProblems(surroundings, filing.basics),
      ...partProblems(surroundings.parts),
      ...duplicateProblems(filing.differenceStatement, surroundings),
    ]),
  ];
}

/** How a section of the filing stands. */
export type SectionStatus = "notStarted" | "inProgress" | "complete" | "problem";

/**
 * Each section's state for the task list: complete without problems; otherwise not started when nothing is in it, in
 * progress when something is merely lacking, problem when something contradicts.
 */
export function sectionStatuses(
  filing: Filing,
  problems: readonly FilingProblem[],
): Readonly<Record<FilingSection, SectionStatus>> {
  const status = (section: FilingSection): SectionStatus => {
    const own = problems.filter((problem) => problem.section === section);
    if (own.length === 0) return "complete";
    if (own.some(({ code }) => !isUnfinished(code))) return "problem";
    return isUntouched(filing, section) ? "notStarted" : "inProgress";
  };
  return Object.fromEntries(keysOf(FILING_SECTIONS).map((section) => [section, status(section)])) as Record<
    FilingSection,
    SectionStatus
  >;
}

const isUnfinished = (code: FilingCode): boolean => (UNFINISHED as readonly FilingCode[]).includes(code);

function isUntouched(filing: Filing, section: FilingSection): boolean {
  switch (section) {
    case "basics": {
      const { basis, leaderName, liaisonName, liaisonPhone, shortcut, partners } = filing.basics;
      return [basis, leaderName, liaisonName, liaisonPhone, shortcut].every(isBlank) && partners.length === 0;
    }
    case "goals": {
      const { need, content, plannedStartOn, plannedEndOn, milestones, goals } = filing.goals;
      return [need, content, plannedStartOn, plannedEndOn].every(isBlank) && milestones.length + goals.length === 0;
    }
    case "money": {
      const { declaredFen, feasibilityFen, lines, years, sources } = filing.money;
      return declaredFen === 0 && feasibilityFen === null && lines.length + years.length + sources.length === 0;
    }
    case "data":
      return filing.data.resources.length + filing.data.demands.length === 0 && isBlank(filing.data.noDataStatement);
    case "security":
      return Object.values(filing.security).every(isBlank);
    case "components":
      return filing.components.every(({ decision }) => decision === null);
    case "attachments":
      return filing.attachments.length === 0;
  }
}

type Problem = Refusal<FilingCode>;

const at = (section: FilingPlace, problems: readonly Problem[]): FilingProblem[] =>
  problems.map((problem) => ({ ...problem, section }));

const isBlank = (value: string | number | boolean | null): boolean => value === null || value === "";

const missing = (fields: Readonly<Record<string, string | number | boolean | null>>): Problem[] =>
  Object.entries(fields)
    .filter(([, value]) => isBlank(value))
    .map(([field]) => ({ code: "missing", field }));

/**
 * Is a feasibility study asked for? What is built or rebuilt is studied first, unless one of the two short-cuts holds.
 * @source domain.md §2 (short-cuts), §3.7
 */
export const needsFeasibility = ({ nature, shortcut }: Pick<Basics, "nature" | "shortcut">): boolean =>
  (nature === "new" || nature === "rebuild") && shortcut === null;

/** @source domain.md §3.1; §2: a short-cut needs its basis in writing */
function basicsProblems(basics: Basics): Problem[] {
  const { name, class: projectClass, nature, basis, leaderName, liaisonName, liaisonPhone } = basics;
  return [
    ...missing({ name, nature, class: projectClass, basis, leaderName, liaisonName, liaisonPhone }),
    ...(basics.shortcut ? missing({ shortcutBasis: basics.shortcutBasis }) : []),
    ...classProblems(basics),
  ];
}

/** @source domain.md §3.2: schedule with milestones, measurable performance goals */
function goalsProblems({ need, content, plannedStartOn, plannedEndOn, milestones, goals }: Goals): Problem[] {
  const problems = missing({ need, content, plannedStartOn, plannedEndOn });
  const scheduled = plannedStartOn && plannedEndOn;
  if (scheduled && plannedEndOn < plannedStartOn) problems.push({ code: "scheduleReversed", field: "plannedEndOn" });
  if (milestones.length === 0) problems.push({ code: "milestonesMissing", field: "milestones" });
  milestones.forEach((milestone, index) => {
    const before = milestones[index - 1];
    const facts = { name: milestone.name };
    if (before && (milestone.plannedOn < before.plannedOn || milestone.cumulativePercent <= before.cumulativePercent)) {
      problems.push({ code: "milestonesOutOfOrder", field: `milestones[${index}].plannedOn`, facts });
    }
    if (scheduled && (milestone.plannedOn < plannedStartOn || milestone.plannedOn > plannedEndOn)) {
      problems.push({ code: "milestoneOutsideSchedule", field: `milestones[${index}].plannedOn`, facts });
    }
  });
  const last = milestones.at(-1);
  if (last && last.cumulativePercent !== 100) {
    const field = `milestones[${milestones.length - 1}].cumulativePercent`;
    problems.push({ code: "milestonesNotComplete", field, facts: { percent: last.cumulativePercent } });
  }
  if (goals.length === 0) problems.push({ code: "goalsMissing", field: "goals" });
  goals.forEach(({ name, operator, target, measureUnit }, index) => {
    if (operator === "qualitative") return;
    if (!/^-?\d+$|^-?\d+\.\d+$/.test(target)) {
      problems.push({ code: "goalTargetNotNumber", field: `goals[${index}].target`, facts: { name, target } });
    }
    if (isBlank(measureUnit)) {
      problems.push({ code: "goalUnitMissing", field: `goals[${index}].measureUnit`, facts: { name } });
    }
  });
  return problems;
}

/** @source domain.md §3.3: Σ lines = total, Σ year split = total, Σ sources = total */
function moneyProblems(money: Money, studied: boolean): Problem[] {
  const { declaredFen, feasibilityFen, lines, years, sources } = money;
  const problems = studied ? missing({ feasibility: feasibilityFen }) : [];
  if (lines.length === 0) {
    return [...missing({ declared: declaredFen || null }), ...problems, { code: "linesMissing", field: "lines" }];
  }
  lines.forEach((line, index) => {
    const product = lineAmount(line.quantity, line.unitPriceFen);
    if (product !== line.declaredFen) {
      const facts = { name: line.name, productFen: product, declaredFen: line.declaredFen };
      problems.push({ code: "lineNotProduct", field: `lines[${index}].quantity`, facts });
    }
  });
  const compare = (code: "linesNotTotal" | "yearsNotTotal" | "sourcesNotTotal", field: string, partsFen: number) => {
    if (partsFen !== declaredFen) problems.push({ code, field, facts: { partsFen, totalFen: declaredFen } });
  };
  compare("linesNotTotal", "declared", sumFen(lines.map((line) => line.declaredFen)));
  compare("yearsNotTotal", "years", sumFen(years.map((year) => year.amountFen)));
  compare("sourcesNotTotal", "sources", sumFen(sources.map((source) => source.amountFen)));
  return problems;
}

/** Money is planned for years in which something is done, retentions included. @source domain.md §3.2, §3.3 */
function scheduleProblems(
  { years }: Money,
  { plannedStartOn, plannedEndOn }: Goals,
  { yearsAfterCompletion }: FilingFigures,
): Problem[] {
  if (!plannedStartOn || !plannedEndOn) return [];
  const [from, until] = [Number(plannedStartOn.slice(0, 4)), Number(plannedEndOn.slice(0, 4)) + yearsAfterCompletion];
  return years.flatMap(({ year, amountFen }, index): Problem[] =>
    amountFen > 0 && (year < from || year > until)
      ? [{ code: "yearOutsideSchedule", field: `years[${index}].year`, facts: { year, from, until } }]
      : [],
  );
}

/** The catalog is a necessary condition of approval. @source domain.md §3 */
function dataProblems({ resources, demands, noDataStatement }: DataSection): Problem[] {
  const entries = resources.length + demands.length;
  if (entries === 0) return isBlank(noDataStatement) ? [{ code: "catalogMissing", field: "noDataStatement" }] : [];
  return isBlank(noDataStatement) ? [] : [{ code: "noDataContradicted", field: "noDataStatement", facts: { entries } }];
}

/** @source domain.md §3.5 */
function securityProblems(
  security: Security,
  nature: ProjectNature | null,
  buildsSystem: boolean,
  figures: FilingFigures,
): Problem[] {
  const { secret, mlpsLevel, hosting, cryptoPlan, mlpsFilingNumber } = security;
  if (!buildsSystem) return missing({ secret });
  const exists = nature === "rebuild" || nature === "maintenance";
  return [
    ...missing({ secret, mlpsLevel, hosting }),
    ...((mlpsLevel ?? 0) >= figures.cryptoPlanFromLevel ? missing({ cryptoPlan }) : []),
    ...(exists && (mlpsLevel ?? 0) >= figures.mlpsNumberFromLevel ? missing({ mlpsFilingNumber }) : []),
    ...hostingProblems(security, figures.offCloudFromLevel),
  ];
}

/** @source domain.md §3.6: not reusing a component that fits needs a reason */
function componentProblems(components: readonly ComponentChoice[]): Problem[] {
  const undecided = components.filter(({ decision }) => decision === null);
  const unreasoned = components.filter(({ decision, reason }) => decision === "notReused" && isBlank(reason));
  return [
    ...(undecided.length > 0
      ? [{ code: "componentsUndecided" as const, field: "components", facts: { count: undecided.length } }]
      : []),
    ...unreasoned.map((component): Problem => ({
      code: "componentReasonMissing",
      field: `components[${components.indexOf(component)}].reason`,
      facts: { name: component.name },
    })),
  ];
}

/**
 * Which papers a filing must carry: a plan for what is built, its study or the basis of the short-cut, the funding
 * opinion for money that is not the city's own, and for a rebuild the earlier project's evaluation report.
 * @source domain.md §3.7, §2 (short-cuts)
 */
function attachmentProblems({ attachments, basics, money }: Filing): Problem[] {
  const { nature, shortcut } = basics;
  const has = (kind: AttachmentKind) => attachments.some((attachment) => attachment.kind === kind);
  const required: AttachmentKind[] = [
    "application",
    ...(nature === "new" || nature === "rebuild" ? (["buildingPlan"] as const) : []),
    ...(needsFeasibility(basics) ? (["feasibility"] as const) : []),
    ...(shortcut ? (["basis"] as const) : []),
    ...(money.sources.some(({ source, amountFen }) => source !== "cityBudget" && amountFen > 0)
      ? (["fundingOpinion"] as const)
      : []),
  ];
  const lacking = required.filter((kind) => !has(kind));
  return [
    ...lacking.map((kind): Problem => ({ code: "attachmentMissing", field: "file", facts: { kind } })),
    ...(nature === "rebuild" && !has("evaluation")
      ? [{ code: "earlierEvaluationMissing" as const, field: "file" }]
      : []),
  ];
}

/**
 * No unit with an outstanding funding sanction, with failing security, or that collects again what is shared files new or
 * rebuilt systems: what its gate says of today.
 * @source domain.md §3, §5
 */
function gateProblems({ closedBy, unitId }: FilingSurroundings, nature: ProjectNature | null): Problem[] {
  if (nature !== "new" && nature !== "rebuild") return [];
  return closedBy.map(({ code: cause, evidence: { name }, facts }) =>
    cause === "sanctionOpen"
      ? { code: "unitSanctioned", facts: { ...facts, reason: name, unitId } }
      : { code: "gateBlocksFiling", facts: { ...facts, cause, name, unitId } },
  );
}

/** Upkeep is paid for systems that the inventory knows. @source domain.md §5: not in the inventory → no O&M money */
function inventoryProblems({ inventory }: FilingSurroundings, basics: Basics): Problem[] {
  return isUpkeep(basics) && inventory.length === 0 ? [{ code: "noSystemInInventory" }] : [];
}

/** An upkeep filing names the systems it keeps running, each of them the unit's own and in use. @source domain.md §5 */
function maintainedProblems(basics: Basics, { inventory }: FilingSurroundings): Problem[] {
  if (!isUpkeep(basics) || inventory.length === 0) return [];
  const { maintained = [] } = basics;
  if (maintained.length === 0) return [{ code: "maintainedMissing", field: "maintained" }];
  const known = new Set(inventory.map(({ code }) => code));
  return maintained
    .filter(({ code }) => !known.has(code))
    .map(({ code, name }) => ({ code: "maintainedNotInUse", field: "maintained", facts: { system: code, name } }));
}

/** A written statement, once for all that 查重 asks it for. @source domain.md §3 */
function duplicateProblems(statement: string, { similar }: FilingSurroundings): Problem[] {
  const due = similar.filter(({ statementDue }) => statementDue);
  const [first] = due;
  if (!first || !isBlank(statement)) return [];
  return [{ code: "differenceMissing", field: "differenceStatement", facts: { count: due.length, name: first.name } }];
}
