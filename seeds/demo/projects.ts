import type {
  budgetLines,
  commonComponents,
  fundingSources,
  performanceGoals,
  projectComponents,
  projects,
  projectSequences,
  projectUnits,
  reviews,
  yearSplits,
} from "@db/schema";
import { comparedName, foldName, searchGrams } from "~/kernel/names";
import { ZERO_FEN } from "~/kernel/fen";
import { addMonths, localDateOf, type LocalDate } from "~/kernel/local-date";
import { firstDay, periodOf, addPeriods } from "~/kernel/period";
import { keysOf, PROJECT_NATURES, type AttachmentKind, type GoalOperator } from "~/kernel/vocabulary";
import { addWorkdays } from "~/kernel/work-calendar";
import type { RuleFigures } from "~/platform/figures.server";
import { initialsOf } from "~/platform/initials.server";

import { chance } from "./chance";
import type { City } from "./city";
import { demoId } from "./demo-id";
import type { EventRow } from "./events";
import { PROJECT_FACTS, type ProjectFacts } from "./project-facts";
import { projectBudget } from "./project-budget";
import { milestonePlan, type MilestoneRow } from "./project-plan";
import { completionMoments, filingMoments, projectEvents, type ProjectMoment } from "./project-timeline";
import { readSeedCsv } from "./regions";
import type { UnitRow } from "./units";

export type ProjectRow = typeof projects.$inferInsert;

/** A project of the demonstration with everything that hangs on it but its data, money flows and reports. */
export interface CityProject {
  readonly facts: ProjectFacts;
  readonly unit: UnitRow;
  readonly row: ProjectRow;
  readonly moments: readonly ProjectMoment[];
  readonly milestones: readonly MilestoneRow[];
  readonly lines: readonly (typeof budgetLines.$inferInsert)[];
  readonly years: readonly (typeof yearSplits.$inferInsert)[];
  readonly sources: readonly (typeof fundingSources.$inferInsert)[];
  readonly goals: readonly (typeof performanceGoals.$inferInsert)[];
  readonly partners: readonly (typeof projectUnits.$inferInsert)[];
  readonly components: readonly (typeof projectComponents.$inferInsert)[];
  readonly attachmentKinds: readonly AttachmentKind[];
  readonly reviews: readonly (typeof reviews.$inferInsert)[];
  readonly events: readonly EventRow[];
}

const OPERATORS: Readonly<Record<"≥" | "≤" | "=", GoalOperator>> = { "≥": "atLeast", "≤": "atMost", "=": "equal" };

/** A draft that has only just been begun. */
const NO_MONEY = { lines: [], years: [], sources: [], declaredFen: ZERO_FEN, reviewedFen: null };

type Component = Pick<typeof commonComponents.$inferSelect, "code" | "name">;

/** The projects in the order in which they were filed, numbered as the system would have. */
export function cityProjects(city: City, figures: RuleFigures, components: readonly Component[]) {
  const published = new Map(readSeedCsv("heshan-projects.csv").map((record) => [record["项目名称"], record]));
  const last = new Map<number, number>();
  const list = [...PROJECT_FACTS]
    .sort((a, b) => a.filedOn.localeCompare(b.filedOn))
    .map((facts) => {
      const year = Number(facts.filedOn.slice(0, 4));
      const number = (last.get(year) ?? 0) + 1;
      last.set(year, number);
      const record = published.get(facts.name);
      if (!record) throw new Error(`heshan-projects.csv lists no ${facts.name}`);
      return cityProject(city, figures, components, facts, record, `ZX${year}-${String(number).padStart(4, "0")}`);
    });
  const sequences: (typeof projectSequences.$inferInsert)[] = [...last].map(([year, number]) => ({
    regionId: city.regionId,
    year,
    last: number,
  }));
  return { list, sequences };
}

function cityProject(
  city: City,
  figures: RuleFigures,
  register: readonly Component[],
  facts: ProjectFacts,
  record: Readonly<Record<string, string>>,
  code: string,
): CityProject {
  const { name } = facts;
  const leads = (record["牵头单位"] ?? "").split(";");
  const unit = city.unit(leads[0] ?? "");
  const filed = filingMoments(city, unit, facts);
  const filedAt = filed[0].at;
  const id = demoId("project", name, filedAt);
  const common = { projectId: id, regionId: city.regionId };
  const startedOn = filed.find(({ event }) => event === "startImplementation")?.on ?? null;
  const plannedStartOn = startedOn ?? firstDay(addPeriods(periodOf(localDateOf(filedAt)), 5));
  const plan = milestonePlan(city, id, facts, plannedStartOn);
  const moments = [...filed, ...completionMoments(city, unit, facts, plan)];
  const isSketch = facts.goals.length === 0;
  const money = isSketch ? NO_MONEY : projectBudget(city, id, facts, Number(plannedStartOn.slice(0, 4)), filedAt);
  const nature = keysOf(PROJECT_NATURES).find((each) => PROJECT_NATURES[each] === record["建设类型"]) ?? "new";
  const turns = reviewTurns(city, figures, id, name, moments);
  const dayOf = (event: ProjectMoment["event"]) => moments.findLast((moment) => moment.event === event)?.on ?? null;
  const latest = moments.at(-1)?.at ?? filedAt;
  const [filer, lead] = [city.filerOf(unit), city.leadOf(unit)];

  const row: ProjectRow = {
    id,
    regionId: city.regionId,
    unitId: unit.id,
    code,
    name,
    normalizedName: foldName(name),
    comparedName: comparedName(name),
    comparedContent: foldName(`${facts.need}${facts.content}`),
    initials: initialsOf(name),
    searchGrams: searchGrams(name, code, initialsOf(name)),
    year: Number(facts.filedOn.slice(0, 4)),
    class: facts.class,
    nature,
    field: record["领域"] ?? "",
    stage: facts.stage,
    basis: "鹤山市“数字政府”建设总体规划实施方案",
    leaderName: lead.name,
    liaisonName: filer.name,
    liaisonPhone: `0750-88${chance("phone", unit.name).between(10_000, 99_999)}`,
    need: facts.need,
    content: facts.content,
    plannedStartOn,
    plannedEndOn: addMonths(plannedStartOn, facts.months),
    secret: false,
    mlpsLevel: facts.mlps,
    hosting: "governmentCloud",
    cryptoPlan: facts.mlps === 3 ? "采用国密算法实现身份鉴别、传输加密和重要数据存储完整性保护，上线前开展密评。" : "",
    mlpsFilingNumber: nature === "rebuild" ? `4407842${chance("mlps", name).between(100_000, 999_999)}` : "",
    declaredFen: money.declaredFen,
    reviewedFen: money.reviewedFen,
    approvedFen: money.reviewedFen,
    approvedOn: dayOf("approve"),
    startedOn,
    completedOn: facts.stage === "operation" || facts.stage === "accepted" ? (plan.at(-2)?.completedOn ?? null) : null,
    acceptedOn: dayOf("passFinalAcceptance"),
    lightReasons: [],
    demonstrationFigures: true,
    dueOn: dueOn(city, figures, facts, moments, turns),
    createdBy: filer.id,
    createdAt: filedAt,
    updatedAt: latest,
    version: moments.length,
  };
  return {
    facts,
    unit,
    row,
    moments,
    milestones: isSketch ? [] : plan,
    lines: money.lines,
    years: money.years,
    sources: money.sources,
    goals: facts.goals.map(([goal, operator, target, measureUnit], index) => ({
      ...common,
      position: index + 1,
      name: goal,
      operator: OPERATORS[operator],
      target,
      measureUnit,
    })),
    partners: partnersOf(city, common, leads.slice(1), (record["配合单位"] ?? "").split(";").filter(Boolean)),
    components: isSketch ? [] : componentChoices(common, name, register),
    attachmentKinds: attachmentKinds(facts, nature),
    reviews: turns,
    events: projectEvents(id, name, moments),
  };
}

function partnersOf(
  city: City,
  common: { projectId: string; regionId: string },
  leads: readonly string[],
  others: readonly string[],
): (typeof projectUnits.$inferInsert)[] {
  const row = (role: "lead" | "co") => (mention: string) => ({
    ...common,
    role,
    mention,
    unitId: city.units.find((unit) => unit.name === mention)?.id ?? null,
  });
  return [...leads.map(row("lead")), ...others.map(row("co"))];
}

/** Every system logs people in and exchanges data; the other components fit one project and not the next. */
function componentChoices(
  common: { projectId: string; regionId: string },
  name: string,
  register: readonly Component[],
): (typeof projectComponents.$inferInsert)[] {
  return register.map(({ code, name: component }) => {
    const luck = chance("component", name, code).between(1, 100);
    const decision =
      code === "identity" || code === "exchange" || luck <= 42 ? "reuse" : luck <= 92 ? "notFitting" : "notReused";
    const reason = decision === "notReused" ? `现有${component}组件暂不支持本项目的离线场景，待升级后接入` : "";
    return { ...common, componentCode: code, decision, reason };
  });
}

function attachmentKinds({ stage, goals }: ProjectFacts, nature: string): AttachmentKind[] {
  if (stage === "draft") return goals.length > 0 ? ["application"] : [];
  return ["application", "buildingPlan", ...(nature === "rebuild" ? ["evaluation" as const] : [])];
}

/** The desks' turns: opened by a signature or a pass, closed by the decision; the clock of a second round goes on. */
function reviewTurns(
  city: City,
  figures: RuleFigures,
  projectId: string,
  name: string,
  moments: readonly ProjectMoment[],
): (typeof reviews.$inferInsert)[] {
  const turns: (typeof reviews.$inferInsert)[] = [];
  const open = (kind: "approval" | "funding", { at, on }: ProjectMoment) => {
    const round = turns.filter((turn) => turn.kind === kind).length + 1;
    const limit = figures.number(kind === "approval" ? "review.approvalWorkdays" : "review.fundingWorkdays");
    turns.push({
      id: demoId("review", `${name} ${kind} ${round}`, at),
      projectId,
      regionId: city.regionId,
      kind,
      round,
      openedAt: at,
      dueOn: addWorkdays(city.calendar, on, round === 1 ? limit : Math.ceil(limit / 2)),
    });
  };
  const close = ({ at, actor, reason }: ProjectMoment, outcome: "approved" | "returned") =>
    Object.assign(turns.at(-1) ?? {}, {
      closedAt: at,
      reviewerId: actor.id,
      outcome,
      opinion: reason ?? "材料齐全，目录完整，同意。",
    });
  for (const moment of moments) {
    if (moment.event === "sign") open("approval", moment);
    if (moment.event === "returnForSupplement") close(moment, "returned");
    if (moment.event === "pass") {
      close(moment, "approved");
      open("funding", moment);
    }
    if (moment.event === "concludeFunding") close(moment, "approved");
  }
  return turns;
}

/** Until when the present holder has the project. */
function dueOn(
  city: City,
  figures: RuleFigures,
  { stage }: ProjectFacts,
  moments: readonly ProjectMoment[],
  turns: readonly (typeof reviews.$inferInsert)[],
): LocalDate | null {
  const last = moments.at(-1);
  if (stage === "returned" && last)
    return addWorkdays(city.calendar, last.on, figures.number("review.supplementWorkdays"));
  return turns.find((turn) => !turn.closedAt)?.dueOn ?? null;
}
