import { localDate, type LocalDate } from "~/kernel/local-date";
import type { ProjectStage } from "~/kernel/vocabulary";
import { addWorkdays } from "~/kernel/work-calendar";
import { PROJECT_EVENT_FACTS, type ProjectEvent } from "~/modules/projects/index";

import { chance } from "./chance";
import { officeHours, type City } from "./city";
import { eventRow, type EventRow } from "./events";
import type { Person } from "./people";
import type { MilestoneRow } from "./project-plan";
import type { ProjectFacts } from "./project-facts";
import type { UnitRow } from "./units";

/** Something that happened to a project: who did what, when, and where it left the project. */
export interface ProjectMoment {
  readonly event: ProjectEvent | "draft";
  readonly on: LocalDate;
  readonly at: Date;
  readonly actor: Person;
  readonly from: ProjectStage;
  readonly to: ProjectStage;
  readonly reason?: string;
}

/** The stages in the order in which a project passes them; beside them stands only the return. */
const STAGE_ORDER: readonly ProjectStage[] = [
  "draft",
  "submitted",
  "underReview",
  "returned",
  "underFundingReview",
  "approved",
  "procurement",
  "implementation",
  "initialAccepted",
  "trialRun",
  "accepted",
  "operation",
];

const reached = (stage: ProjectStage, wanted: ProjectStage) =>
  STAGE_ORDER.indexOf(stage) >= STAGE_ORDER.indexOf(wanted);

/** Has a project of this stage been approved? */
export const isApproved = (stage: ProjectStage): boolean => reached(stage, "approved");
export const isStarted = (stage: ProjectStage): boolean => reached(stage, "implementation");
export const isAccepted = (stage: ProjectStage): boolean => reached(stage, "accepted");

/** Working days that each step took: mostly within the limits of the desks, a form check now and then a day late. */
const PACE = {
  submit: [2, 4],
  sign: [1, 1],
  formCheck: [1, 4],
  turn: [5, 8],
  supplement: [3, 4],
  conclude: [5, 8],
  approve: [1, 2],
} as const;

/** What the bureau's opinion, with an expert panel in between, needs at least. */
const OPINION_WORKDAYS = 4;

/** The history of a project up to the stage it is in. The plan is made from the start, which the first half decides. */
export function filingMoments(city: City, unit: UnitRow, facts: ProjectFacts): [ProjectMoment, ...ProjectMoment[]] {
  const { between } = chance("pace", facts.name);
  const [filer, lead] = [city.filerOf(unit), city.leadOf(unit)];
  const [bureau, chief, finance] = [city.person("bureau"), city.person("bureau2"), city.person("finance")];
  const desk = chance("form check", facts.name);
  let [day, stage] = [localDate(facts.filedOn), "draft" as ProjectStage];
  const begun = officeHours(day, facts.name, "draft");
  const moments: [ProjectMoment, ...ProjectMoment[]] = [
    { event: "draft", on: day, at: begun, actor: filer, from: "draft", to: "draft" },
  ];
  const happen = (
    event: ProjectMoment["event"],
    workdays: number,
    actor: Person,
    to: ProjectStage,
    reason?: string,
  ) => {
    day = addWorkdays(city.calendar, day, workdays);
    moments.push({
      event,
      on: day,
      at: officeHours(day, facts.name, event),
      actor,
      from: stage,
      to,
      ...(reason && { reason }),
    });
    stage = to;
  };
  const handIn = () => {
    happen("submit", between(...PACE.submit), filer, "submitted");
    happen("sign", between(...PACE.sign), lead, "underReview");
  };

  /** The form check, then the opinion: together they take the bureau's time. */
  const review = (event: "pass" | "returnForSupplement", to: ProjectStage, reason?: string) => {
    const total = between(...PACE.turn) + (event === "pass" ? (facts.slowReview ?? 0) : 0);
    const first = Math.min(desk.between(...PACE.formCheck), total - OPINION_WORKDAYS);
    happen("passFormCheck", first, desk.between(1, 3) === 1 ? chief : bureau, "underReview");
    happen(event, total - first, bureau, to, reason);
  };

  if (!reached(facts.stage, "underReview")) return moments;
  handIn();
  if (facts.returnedFor) {
    review("returnForSupplement", "returned", facts.returnedFor);
    if (facts.stage === "returned") return moments;
    happen("submit", between(...PACE.supplement), filer, "submitted");
    happen("sign", between(...PACE.sign), lead, "underReview");
  }
  if (facts.stage === "underReview" && facts.formChecked) {
    const first = desk.between(...PACE.formCheck);
    happen("passFormCheck", first, bureau, "underReview");
  }
  if (!reached(facts.stage, "underFundingReview")) return moments;
  review("pass", "underFundingReview");
  if (!isApproved(facts.stage)) return moments;
  happen("concludeFunding", between(...PACE.conclude), finance, "underFundingReview");
  happen("approve", between(...PACE.approve), chief, "approved");
  if (!reached(facts.stage, "procurement")) return moments;
  happen("startProcurement", between(4, 6), filer, "procurement");
  if (!isStarted(facts.stage)) return moments;
  happen("startImplementation", between(26, 32), filer, "implementation");
  return moments;
}

/** Built and declared so, with their initial acceptance still ahead. */
const BUILT: ReadonlySet<string> = new Set(["政务图谱", "政务数据资源池"]);

/** What followed when the last milestones were reached. */
export function completionMoments(
  city: City,
  unit: UnitRow,
  facts: ProjectFacts,
  milestones: readonly MilestoneRow[],
): ProjectMoment[] {
  const filer = city.filerOf(unit);
  const chief = city.person("bureau2");
  const [built, initial, final] = milestones.slice(-3).map(({ completedOn }) => completedOn);
  const moment = (
    event: ProjectEvent,
    on: LocalDate,
    actor: Person,
    from: ProjectStage,
    to: ProjectStage,
  ): ProjectMoment => ({ event, on, at: officeHours(on, facts.name, event), actor, from, to });

  const isBuilt = BUILT.has(facts.name) || reached(facts.stage, "initialAccepted");
  if (!isBuilt || !built) return [];
  const completed = moment("completeConstruction", built, filer, "implementation", "implementation");
  if (!reached(facts.stage, "initialAccepted") || !initial) return [completed];
  const later = (day: LocalDate, workdays: number) => addWorkdays(city.calendar, day, workdays);
  const moments = [
    completed,
    moment("passInitialAcceptance", later(initial, 2), chief, "implementation", "initialAccepted"),
    moment("startTrialRun", later(initial, 5), filer, "initialAccepted", "trialRun"),
  ];
  if (!isAccepted(facts.stage) || !final) return moments;
  moments.push(moment("passFinalAcceptance", final, chief, "trialRun", "accepted"));
  if (facts.stage === "operation") {
    moments.push(moment("startOperation", later(final, 12), filer, "accepted", "operation"));
  }
  return moments;
}

/** The timeline that pages show. */
export function projectEvents(projectId: string, name: string, moments: readonly ProjectMoment[]): EventRow[] {
  return moments.map(({ event, at, actor, from, to, reason }) =>
    eventRow(actor, {
      type: event === "draft" ? "projectDrafted" : PROJECT_EVENT_FACTS[event],
      subject: { type: "project", id: projectId },
      at,
      payload: event === "draft" ? { name } : { name, from, to },
      reason,
    }),
  );
}
