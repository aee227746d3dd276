import { findTransition } from "~/kernel/lifecycle";
import { divide, rational, sum, toFixed } from "~/kernel/rational";
import { accept, refuse, type Refusal, type Result } from "~/kernel/result";
import type { ExpertVerdict, PanelPurpose, PanelState, ProjectStage } from "~/kernel/vocabulary";

import type { Conflict } from "./avoidance.rules";
import type { Criterion, Marks } from "./criteria";
import type { SeatState } from "./opinion.lifecycle";
import { PANEL_LIFECYCLE, type PanelEvent, type PanelGuard, type PanelTransition } from "./panel.lifecycle";

const isOdd = (count: number): boolean => count % 2 === 1;

export type ConveneRefusal =
  | "notUnderReview"
  | "formNotChecked"
  | "panelAlreadyOpen"
  | "tooFewExperts"
  | "evenNumber"
  | "expertUnavailable"
  | "expertConflicts";

/** An expert as a choice for a panel. */
export interface Invitable {
  readonly name: string;
  readonly conflict: Conflict | undefined;
}

/**
 * May this panel be convened, and what for? Only on a filing whose form is checked or while an acceptance is before the
 * bureau, when no panel judges the project yet, with an odd number of experts not below the minimum, none of whom works for
 * somebody who has a hand in it. Refuses with every code that applies.
 * @source domain.md §1 (专家组, 回避), §2; rule figure expert.panelMinimum
 */
export function decideConvening({
  stage,
  formChecked,
  acceptanceOpen,
  panelOpen,
  experts,
  minimum,
}: {
  readonly stage: ProjectStage;
  readonly formChecked: boolean;
  /** an application for acceptance lies before the bureau */
  readonly acceptanceOpen: boolean;
  readonly panelOpen: boolean;
  /** those who were chosen; undefined stands for somebody who is no expert of the region */
  readonly experts: readonly (Invitable | undefined)[];
  readonly minimum: number;
}): Result<PanelPurpose, ConveneRefusal> {
  const purpose = panelPurpose({ stage, acceptanceOpen });
  if (!purpose) return refuse({ code: "notUnderReview" });
  if (purpose === "approval" && !formChecked) return refuse({ code: "formNotChecked" });
  if (panelOpen) return refuse({ code: "panelAlreadyOpen" });
  const refusals: Refusal<ConveneRefusal>[] = [];
  const facts = { chosen: experts.length, minimum };
  if (experts.length < minimum) refusals.push({ code: "tooFewExperts", field: "expertIds", facts });
  else if (!isOdd(experts.length)) refusals.push({ code: "evenNumber", field: "expertIds", facts });
  refusals.push(...experts.flatMap((expert) => invitationRefusals(expert, "expertIds")));
  return refusals.length > 0 ? refuse(...refusals) : accept(purpose);
}

/** What experts could be asked about a project now; undefined when there is nothing to judge. */
export function panelPurpose({
  stage,
  acceptanceOpen,
}: {
  readonly stage: ProjectStage;
  readonly acceptanceOpen: boolean;
}): PanelPurpose | undefined {
  if (stage === "underReview") return "approval";
  // Nothing is judged while a project stands still, though its application is still there.
  if (stage === "suspended" || stage === "terminated") return undefined;
  return acceptanceOpen ? "acceptance" : undefined;
}

/** Why this expert cannot be invited. Codes: expertUnavailable, expertConflicts (with name and kind of tie). */
export function invitationRefusals(
  expert: Invitable | undefined,
  field: string,
): Refusal<"expertUnavailable" | "expertConflicts">[] {
  if (!expert) return [{ code: "expertUnavailable", field }];
  if (!expert.conflict) return [];
  return [{ code: "expertConflicts", field, facts: { name: expert.name, conflict: expert.conflict } }];
}

/** How many of a panel still count, have given, and are missing. */
export interface PanelStanding {
  /** seats whose opinion counts */
  readonly active: number;
  readonly given: number;
  readonly waiting: number;
  /** invitations needed until the panel is odd and large enough again */
  readonly toInvite: number;
}

/**
 * Where a panel stands with its seats: who avoids or was released does not count any more.
 * @source domain.md §1; rule figure expert.panelMinimum
 */
export function panelStanding(seats: readonly SeatState[], minimum: number): PanelStanding {
  const given = seats.filter((seat) => seat === "given").length;
  const waiting = seats.filter((seat) => seat === "invited" || seat === "opining").length;
  const active = given + waiting;
  const short = Math.max(0, minimum - active);
  return { active, given, waiting, toInvite: isOdd(active + short) ? short : short + 1 };
}

/**
 * What the majority of an odd number of opinions says. More than half against: disagree. Otherwise the project is
 * supported, without changes only when more than half agree without changes. Undefined while nobody has given.
 * @source domain.md §1
 */
export function proposedVerdict(verdicts: readonly ExpertVerdict[]): ExpertVerdict | undefined {
  if (verdicts.length === 0) return undefined;
  const isMajority = (verdict: ExpertVerdict): boolean =>
    verdicts.filter((each) => each === verdict).length * 2 > verdicts.length;
  if (isMajority("disagree")) return "disagree";
  return isMajority("agree") ? "agree" : "agreeWithChanges";
}

/** A guard that does not hold refuses by its own name; `notInThisPanelState` when the lifecycle has no such row. */
export type PanelRefusal = "notInThisPanelState" | "projectSuspended" | PanelGuard;

/**
 * What an event does to a panel in its state. Refuses with notInThisPanelState, or with every guard that does not hold.
 * @source domain.md §1
 */
export function decidePanel(
  state: PanelState,
  event: PanelEvent,
  guardsHeld: readonly PanelGuard[],
): Result<PanelTransition, PanelRefusal> {
  const row = findTransition<PanelTransition>(PANEL_LIFECYCLE, state, event);
  if (!row) return refuse({ code: "notInThisPanelState", facts: { state, event } });
  const unmet = (row.guards ?? []).filter((guard) => !guardsHeld.includes(guard));
  if (unmet.length > 0) return refuse(...unmet.map((code): Refusal<PanelGuard> => ({ code })));
  return accept(row);
}

/** What is about to be concluded. */
export interface Conclusion {
  readonly seats: readonly SeatState[];
  readonly minimum: number;
  readonly proposed: ExpertVerdict | undefined;
  readonly verdict: ExpertVerdict;
  readonly summary: string;
  readonly deviationReason: string;
}

/**
 * The conditions of a conclusion that hold: every seat that counts has given, their number is odd and enough, the summary
 * is written, and a verdict other than the majority's has its reason.
 * @source domain.md §1
 */
export function conclusionGuards(conclusion: Conclusion): PanelGuard[] {
  const { waiting, given, toInvite } = panelStanding(conclusion.seats, conclusion.minimum);
  const follows = conclusion.verdict === conclusion.proposed;
  return [
    ...(waiting === 0 && given > 0 ? (["opinionsComplete"] as const) : []),
    ...(toInvite === 0 ? (["oddAndEnough"] as const) : []),
    ...(conclusion.summary.trim() !== "" ? (["summaryGiven"] as const) : []),
    ...(follows || conclusion.deviationReason.trim() !== "" ? (["deviationReasoned"] as const) : []),
  ];
}

export interface CriterionFigure {
  readonly criterion: Criterion;
  /** mean of the marks given, two decimals; null when there are none */
  readonly average: string | null;
  readonly lowest: number | null;
  readonly highest: number | null;
}

/** Mean, lowest and highest mark of each criterion over the opinions that were given. */
export function criterionFigures(opinions: readonly Marks[], criteria: readonly Criterion[]): CriterionFigure[] {
  return criteria.map((criterion) => {
    const marks = opinions.flatMap((opinion) => {
      const { mark } = opinion[criterion];
      return mark === null ? [] : [Number(mark)];
    });
    if (marks.length === 0) return { criterion, average: null, lowest: null, highest: null };
    const mean = divide(sum(marks.map((mark) => rational(mark))), rational(marks.length));
    return { criterion, average: toFixed(mean, 2), lowest: Math.min(...marks), highest: Math.max(...marks) };
  });
}
