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
import { comparedContent, comparedName, foldName, searchGrams } from "~/kernel/names";
import { fen, ZERO_FEN, type Fen } from "~/kernel/fen";
import { addMonths, localDateOf, type LocalDate } from "~/kernel/local-date";
import { firstDay, periodOf, addPeriods } from "~/kernel/period";
import { keysOf, PROJECT_NATURES, type AttachmentKind, type GoalOperator } from "~/kernel/vocabulary";
import { addWorkdays } from "~/kernel/work-calendar";
import { FORM_CHECK_KEYS, lateWorkdays, turnDueOn } from "~/modules/projects/index";
import type { RuleFigures } from "~/platform/figures.server";
import { initialsOf } from "~/platform/initials.server";

import { chance } from "./chance";
import type { City } from "./city";
import { demoId } from "./demo-id";
import { DIFFERENCE_STATEMENTS } from "./difference-statements";
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
    comparedContent: comparedContent(facts.need, facts.content),
    initials: initialsOf(name),
    searchGrams: searchGrams(name, code, initialsOf(name)),
    year: Number(facts.filedOn.slice(0, 4)),
    class: facts.class,
    nature,
    field: record["领域"] ?? "",
    stage: facts.stage,
    basis: "鹤山市“数字政府”建设总体规划实施方案",
    shortcut: facts.shortcut?.kind ?? null,
    shortcutBasis: facts.shortcut?.basis ?? "",
    leaderName: lead.name,
    liaisonName: filer.name,
    liaisonPhone: `0750-88${chance("phone", unit.name).between(10_000, 99_999)}`,
    need: facts.need,
    content: facts.content,
    differenceStatement: DIFFERENCE_STATEMENTS[name] ?? "",
    plannedStartOn,
    plannedEndOn: addMonths(plannedStartOn, facts.months),
    secret: false,
    mlpsLevel: facts.mlps,
    hosting: "governmentCloud",
    cryptoPlan: facts.mlps === 3 ? "采用国密算法实现身份鉴别、传输加密和重要数据存储完整性保护，上线前开展密评。" : "",
    mlpsFilingNumber: nature === "rebuild" ? `4407842${chance("mlps", name).between(100_000, 999_999)}` : "",
    declaredFen: money.declaredFen,
    feasibilityFen: feasibilityFen(facts, money.declaredFen),
    reviewedFen: money.reviewedFen,
    approvedFen: money.reviewedFen,
    approvedOn: dayOf("approve"),
    startedOn,
    completedOn: dayOf("completeConstruction"),
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
    attachmentKinds: attachmentKinds(facts, nature, money.sources),
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

function attachmentKinds(
  { stage, goals, shortcut }: ProjectFacts,
  nature: string,
  sources: CityProject["sources"],
): AttachmentKind[] {
  if (stage === "draft") return goals.length > 0 ? ["application"] : [];
  return [
    "application",
    "buildingPlan",
    shortcut ? "basis" : "feasibility",
    ...(sources.some(({ source }) => source !== "cityBudget") ? (["fundingOpinion"] as const) : []),
    ...(nature === "rebuild" ? (["evaluation"] as const) : []),
  ];
}

/** What the feasibility study had estimated: close to what was filed, except of one draft that has outgrown its study. */
function feasibilityFen({ name, stage, shortcut }: ProjectFacts, declaredFen: Fen): Fen | null {
  if (shortcut || declaredFen === ZERO_FEN) return null;
  const percent = stage === "draft" ? 88 : chance("feasibility", name).between(97, 108);
  return fen(Math.round((declaredFen * percent) / 100 / 1_000_000) * 1_000_000);
}

const LIMITS = {
  formCheck: "review.formCheckWorkdays",
  approval: "review.approvalWorkdays",
  funding: "review.fundingWorkdays",
} as const;

/** What the reviewer wrote when nothing was wrong. */
const CONTENT: Readonly<Record<keyof typeof LIMITS, string>> = {
  formCheck: "附件齐全清晰，签章完整，目录已挂接，予以受理。",
  approval: "材料齐全，目录完整，同意。",
  funding: "测算依据充分，同意按核定金额安排。",
};

/** The desks' turns: opened by a signature or a pass, closed by the decision; what earlier rounds used is gone. */
function reviewTurns(
  city: City,
  figures: RuleFigures,
  projectId: string,
  name: string,
  moments: readonly ProjectMoment[],
): (typeof reviews.$inferInsert)[] {
  const turns: (typeof reviews.$inferInsert)[] = [];
  const open = (kind: keyof typeof LIMITS, { at, on }: ProjectMoment) => {
    const earlier = turns.filter((turn) => turn.kind === kind);
    const round = earlier.length + 1;
    const closed = earlier.flatMap(({ openedAt, closedAt }) =>
      closedAt ? [{ openedOn: localDateOf(openedAt), closedOn: localDateOf(closedAt) }] : [],
    );
    turns.push({
      id: demoId("review", `${name} ${kind} ${round}`, at),
      projectId,
      regionId: city.regionId,
      kind,
      round,
      openedAt: at,
      dueOn: turnDueOn(city.calendar, on, figures.number(LIMITS[kind]), closed),
    });
  };
  const close = ({ at, on, actor, reason }: ProjectMoment, outcome: "approved" | "returned") => {
    const turn = turns.at(-1);
    if (!turn) return;
    Object.assign(turn, {
      closedAt: at,
      reviewerId: actor.id,
      outcome,
      opinion: reason ?? CONTENT[turn.kind],
      lateWorkdays: lateWorkdays(city.calendar, turn.dueOn, on),
      checks: turn.kind === "formCheck" && outcome === "approved" ? [...FORM_CHECK_KEYS] : null,
    });
  };
  for (const moment of moments) {
    if (moment.event === "sign") open("formCheck", moment);
    if (moment.event === "passFormCheck") {
      close(moment, "approved");
      open("approval", moment);
    }
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
