import { findTransition } from "~/kernel/lifecycle";
import { accept, refuse, type Refusal, type Result } from "~/kernel/result";
import type { ExpertVerdict } from "~/kernel/vocabulary";

import { CRITERIA, type Criterion, type Marks } from "./criteria";
import {
  SEAT_LIFECYCLE,
  type SeatEvent,
  type SeatGuard,
  type SeatState,
  type SeatTransition,
} from "./opinion.lifecycle";

/** The columns from which a seat's state is read. */
export interface SeatFacts {
  readonly avoids: boolean | null;
  readonly givenAt: Date | null;
  readonly releasedAt: Date | null;
}

/** How a seat stands: what was given stays given, what was freed stays freed. */
export function seatState({ avoids, givenAt, releasedAt }: SeatFacts): SeatState {
  if (givenAt) return "given";
  if (releasedAt) return "released";
  if (avoids === null) return "invited";
  return avoids ? "avoided" : "opining";
}

/** A guard that does not hold refuses by its own name; `notInThisSeatState` when the lifecycle has no such row. */
export type SeatRefusal = "notInThisSeatState" | SeatGuard;

/**
 * What an event does to a seat in its state. Refuses with notInThisSeatState, or with every guard that does not hold.
 * @source domain.md §1
 */
export function decideSeat(
  state: SeatState,
  event: SeatEvent,
  guardsHeld: readonly SeatGuard[],
): Result<SeatTransition, SeatRefusal> {
  const row: SeatTransition | undefined = findTransition<SeatTransition>(SEAT_LIFECYCLE, state, event);
  if (!row) return refuse({ code: "notInThisSeatState", facts: { state, event } });
  const unmet = (row.guards ?? []).filter((guard) => !guardsHeld.includes(guard));
  if (unmet.length > 0) return refuse(...unmet.map((code): Refusal<SeatGuard> => ({ code })));
  return accept(row);
}

/** An opinion as it was typed. */
export interface OpinionDraft {
  readonly marks: Marks;
  readonly verdict: ExpertVerdict | null;
  readonly opinion: string;
}

export type OpinionGap = "markMissing" | "remarkMissing" | "verdictMissing" | "opinionMissing";

/**
 * What is still missing before an opinion can be given: every criterion of the panel has its mark and remark, the verdict is chosen and
 * the opinion is written. Codes: markMissing, remarkMissing (with the criterion), verdictMissing, opinionMissing.
 * @source domain.md §1
 */
export function opinionGaps(
  { marks, verdict, opinion }: OpinionDraft,
  criteria: readonly Criterion[],
): Refusal<OpinionGap>[] {
  return [
    ...criteria.flatMap((criterion): Refusal<OpinionGap>[] => {
      const facts = { criterion: CRITERIA[criterion].label };
      const { mark, remark } = marks[criterion];
      return [
        ...(mark === null ? [{ code: "markMissing" as const, field: `${criterion}Mark`, facts }] : []),
        ...(remark.trim() === "" ? [{ code: "remarkMissing" as const, field: `${criterion}Remark`, facts }] : []),
      ];
    }),
    ...(verdict === null ? [{ code: "verdictMissing" as const, field: "verdict" }] : []),
    ...(opinion.trim() === "" ? [{ code: "opinionMissing" as const, field: "opinion" }] : []),
  ];
}
