import { findTransition } from "~/kernel/lifecycle";
import type { LocalDate } from "~/kernel/local-date";
import { compare, parseRational, rational } from "~/kernel/rational";
import { accept, refuse, type Refusal, type Result } from "~/kernel/result";

import { REPORT_LIFECYCLE, type ReportEvent, type ReportGuard, type ReportState } from "./report.lifecycle";

/** A milestone that a report says is reached, with what proves it. */
export interface MilestoneClaim {
  readonly milestoneId: string;
  readonly completedOn: LocalDate;
  readonly evidence: string;
}

/** What a unit types of a month, beside its milestones. */
export interface ReportTyping {
  /** decimal text, as typed and stored @unit percent */
  readonly actualPercent: string;
  readonly doneThisMonth: string;
  readonly nextMonth: string;
  readonly problems: string;
  /** 需协调事项 */
  readonly mattersToSettle: string;
}

/** What a unit writes in a month's report. */
export interface ReportContent extends ReportTyping {
  readonly claims: readonly MilestoneClaim[];
}

/**
 * A guard that does not hold refuses by its own name.
 * - `notInThisState`: facts state, event
 * - `doneMissing`, `nextMissing`: not written
 * - `claimInFuture`: a milestone cannot be reached after today
 * - `claimUnknown`: it belongs to another project, or another report already proved it
 */
export type ReportRefusal =
  "notInThisState" | ReportGuard | "doneMissing" | "nextMissing" | "claimInFuture" | "claimUnknown";

/** What keeps a draft from being saved: a claim that cannot be true. */
export function refuseClaims(
  claims: readonly MilestoneClaim[],
  claimable: ReadonlySet<string>,
  today: LocalDate,
): Refusal<ReportRefusal>[] {
  return claims.flatMap(({ milestoneId, completedOn }): Refusal<ReportRefusal>[] => {
    if (!claimable.has(milestoneId)) return [{ code: "claimUnknown" }];
    return completedOn > today ? [{ code: "claimInFuture", facts: { completedOn } }] : [];
  });
}

/**
 * What a report lacks before it can be handed to the leader. Next month's plan is needed until all is done.
 * @source domain.md §7
 */
export function missingForSubmission(content: ReportTyping): Refusal<ReportRefusal>[] {
  const isDone = compare(parseRational(content.actualPercent), rational(100)) >= 0;
  const missing: Refusal<ReportRefusal>[] = [];
  if (content.doneThisMonth.trim() === "") missing.push({ code: "doneMissing", field: "doneThisMonth" });
  if (content.nextMonth.trim() === "" && !isDone) missing.push({ code: "nextMissing", field: "nextMonth" });
  return missing;
}

/**
 * The state an event leads to. Refuses with notInThisState, or with every guard that does not hold.
 * @source domain.md §7
 */
export function decideReport(
  state: ReportState,
  event: ReportEvent,
  guardsHeld: readonly ReportGuard[],
): Result<ReportState, "notInThisState" | ReportGuard> {
  const row = findTransition(REPORT_LIFECYCLE, state, event);
  if (!row) return refuse({ code: "notInThisState", facts: { state, event } });
  const guards: readonly ReportGuard[] = "guards" in row ? row.guards : [];
  const unmet = guards.filter((guard) => !guardsHeld.includes(guard));
  if (unmet.length > 0) return refuse(...unmet.map((code) => ({ code })));
  return accept(row.to);
}

/**
 * Decides what saving or submitting a typed report leads to, and what it lacks.
 * Refuses with notInThisState, doneMissing, nextMissing.
 * @source domain.md §7
 */
export function decideTyping(
  state: ReportState,
  event: "save" | "submit",
  typed: ReportTyping,
): Result<ReportState, ReportRefusal> {
  const missing = event === "submit" ? missingForSubmission(typed) : [];
  const decision = decideReport(state, event, missing.length === 0 ? ["reportComplete"] : []);
  if (!decision.ok && decision.refusals.some(({ code }) => code === "reportComplete")) return refuse(...missing);
  return decision;
}

/** May this event happen in this state at all? Pages use it to decide what to offer. */
export const isReportEventPossible = (state: ReportState, event: ReportEvent): boolean =>
  findTransition(REPORT_LIFECYCLE, state, event) !== undefined;
