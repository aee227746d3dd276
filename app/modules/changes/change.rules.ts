import type { Fen } from "~/kernel/fen";
import { findTransition } from "~/kernel/lifecycle";
import type { LocalDate } from "~/kernel/local-date";
import { add, compare, multiply, parseRational, rational, type Rational } from "~/kernel/rational";
import { accept, refuse, type Refusal, type Result } from "~/kernel/result";
import type { ChangeReason, ChangeRoute, ChangeState, ProjectStage } from "~/kernel/vocabulary";
import type { FigureInForce } from "~/platform/figures.server";
import type { Action } from "~/policy";

import { CHANGE_LIFECYCLE, type ChangeEvent, type ChangeGuard, type ChangeTransition } from "./change.lifecycle";

export type { FigureInForce };

/** Stages in which there is an approved estimate to change and work still to do. @source domain.md §2 */
const CHANGEABLE_STAGES = [
  "approved",
  "procurement",
  "implementation",
  "initialAccepted",
  "trialRun",
] as const satisfies readonly ProjectStage[];

export const isChangeable = (stage: ProjectStage): boolean => (CHANGEABLE_STAGES as readonly string[]).includes(stage);

/** Reasons for which a move inside the estimate need only be filed. @source domain.md §2 */
const ALLOWED_REASONS: readonly ChangeReason[] = ["superiorOrder", "technicalOptimisation", "businessGrowth"];

/** The amounts that the checks compare. @unit fen */
export interface ChangeAmounts {
  readonly movedFen: number;
  readonly estimateFen: number;
  readonly newEstimateFen: number;
  readonly feasibilityFen: number | null;
}

/** A percentage as a share. */
const share = (figure: FigureInForce): Rational => multiply(parseRational(figure.value), rational(1, 100));

export type RouteCode = "withinLimit" | "aboveEstimate" | "movedTooMuch" | "reasonNotAllowed";

/** The way a change goes, every reason why, and the figure it was judged by. */
export interface RouteCheck {
  readonly route: ChangeRoute;
  readonly codes: readonly RouteCode[];
  readonly figure: FigureInForce;
}

/**
 * Filed for the record or approved again? Filed is a move inside the approved estimate of at most the figure's share, for
 * one of the allowed reasons; anything else is approved again, with every reason. A change that moves no money and stays
 * inside the estimate is a move of nothing.
 * Codes: withinLimit; aboveEstimate, movedTooMuch, reasonNotAllowed.
 * @unit fen; figure in percent of the approved estimate
 * @source domain.md §2
 */
export function decideRoute(
  { movedFen, estimateFen, newEstimateFen }: ChangeAmounts,
  reasonKind: ChangeReason,
  figure: FigureInForce,
): RouteCheck {
  const limit = multiply(rational(estimateFen), share(figure));
  const codes: RouteCode[] = [
    ...(newEstimateFen > estimateFen ? (["aboveEstimate"] as const) : []),
    ...(compare(rational(movedFen), limit) > 0 ? (["movedTooMuch"] as const) : []),
    ...(ALLOWED_REASONS.includes(reasonKind) ? [] : (["reasonNotAllowed"] as const)),
  ];
  if (codes.length > 0) return { route: "approval", codes, figure };
  return { route: "filed", codes: ["withinLimit"], figure };
}

export type OverrunCode = "withinFeasibility" | "overrun" | "noFeasibility";

/** Whether a change must be reported, why, and the figure it was judged by. */
export interface OverrunCheck {
  readonly mustBeReported: boolean;
  readonly code: OverrunCode;
  readonly figure: FigureInForce;
}

/**
 * Must the change be reported? When the new estimate lies more than the figure's share above the feasibility estimate.
 * Without a feasibility estimate there is nothing to measure against: a rise above the approved estimate is the other
 * check's business.
 * Codes: withinFeasibility, overrun, noFeasibility.
 * @unit fen; figure in percent of the feasibility estimate
 * @source domain.md §2
 */
export function decideOverrun({ newEstimateFen, feasibilityFen }: ChangeAmounts, figure: FigureInForce): OverrunCheck {
  if (feasibilityFen === null) return { mustBeReported: false, code: "noFeasibility", figure };
  const limit = multiply(rational(feasibilityFen), add(rational(1), share(figure)));
  const mustBeReported = compare(rational(newEstimateFen), limit) > 0;
  return { mustBeReported, code: mustBeReported ? "overrun" : "withinFeasibility", figure };
}

/** What the checks said on a day; kept with the change. */
export interface ChangeChecks {
  readonly on: LocalDate;
  readonly route: RouteCheck;
  readonly overrun: OverrunCheck;
}

export type CompletenessCode =
  "reasonMissing" | "contentMissing" | "basisMissing" | "movedBeyondEstimate" | "endBeforeStart";

/**
 * What is missing or contradictory before a change can be submitted.
 * @source domain.md §2
 */
export function changeProblems(change: {
  readonly reason: string;
  readonly content: string;
  readonly movedFen: Fen;
  readonly estimateFen: Fen;
  readonly fileId: string | null;
  readonly newPlannedEndOn: LocalDate | null;
  readonly plannedStartOn: LocalDate | null;
}): Refusal<CompletenessCode>[] {
  const { newPlannedEndOn, plannedStartOn } = change;
  return [
    ...(change.reason.trim() ? [] : [{ code: "reasonMissing", field: "reason" } as const]),
    ...(change.content.trim() ? [] : [{ code: "contentMissing", field: "content" } as const]),
    ...(change.movedFen > change.estimateFen ? [{ code: "movedBeyondEstimate", field: "moved" } as const] : []),
    ...(newPlannedEndOn && plannedStartOn && newPlannedEndOn <= plannedStartOn
      ? [{ code: "endBeforeStart", field: "newPlannedEndOn" } as const]
      : []),
    ...(change.fileId ? [] : [{ code: "basisMissing", field: "file" } as const]),
  ];
}

export type FloorCode = "belowContracts" | "belowArrivals";

/**
 * May the approved estimate fall to what a change asks for? Not below what contracts bind nor below what arrived; an
 * estimate that is not lowered is never stopped by either.
 * @unit facts in fen
 * @source domain.md §2, §5
 */
export function floorProblems(
  { estimateFen, newEstimateFen }: { readonly estimateFen: Fen; readonly newEstimateFen: Fen },
  { boundFen, arrivedFen }: { readonly boundFen: Fen; readonly arrivedFen: Fen },
): Refusal<FloorCode>[] {
  if (newEstimateFen >= estimateFen) return [];
  return [
    ...(newEstimateFen < boundFen ? [{ code: "belowContracts", facts: { newEstimateFen, boundFen } } as const] : []),
    ...(newEstimateFen < arrivedFen ? [{ code: "belowArrivals", facts: { newEstimateFen, arrivedFen } } as const] : []),
  ];
}

/** A guard that does not hold refuses by its own name. */
export type ChangeStepRefusal = "notInThisState" | ChangeGuard;

/** The state an event leads to. Refuses with notInThisState, or with every guard that does not hold. @source domain.md §2 */
export function decideChange(
  state: ChangeState,
  event: ChangeEvent,
  guardsHeld: readonly ChangeGuard[],
): Result<ChangeState, ChangeStepRefusal> {
  const row = findTransition<ChangeTransition>(CHANGE_LIFECYCLE, state, event);
  if (!row) return refuse({ code: "notInThisState", facts: { state, event } });
  const unmet = (row.guards ?? []).filter((guard) => !guardsHeld.includes(guard));
  if (unmet.length > 0) return refuse(...unmet.map((code): Refusal<ChangeGuard> => ({ code })));
  return accept(row.to);
}

/** The permission an event needs, in whatever state it is asked. */
export function changeAction(event: ChangeEvent): Action {
  const row = CHANGE_LIFECYCLE.find(({ on }) => on === event);
  if (!row) throw new Error(`no lifecycle row for ${event}`);
  return row.action;
}

/** May this event happen in this state at all? Pages use it to decide what to offer. */
export const isChangeEventPossible = (state: ChangeState, event: ChangeEvent): boolean =>
  findTransition<ChangeTransition>(CHANGE_LIFECYCLE, state, event) !== undefined;

/** The number of a change of a project: "变更1". */
export const changeNumber = (number: number): string => `变更${number}`;
