import type { LocalDate } from "~/kernel/local-date";
import { refuse, accept, type Result } from "~/kernel/result";
import type { TalkState } from "~/kernel/vocabulary";

/** How one limit of a unit ended: with a red slip, or with the item closed and no red slip. */
export interface Outcome {
  readonly itemId: string;
  readonly dueOn: LocalDate;
  /** null: closed without red */
  readonly redSlipId: string | null;
  /** since when this is so: the day of the slip, or of the closing */
  readonly knownOn: LocalDate;
}

/**
 * The red slips in a row that call for a talk (约谈), oldest first; undefined while there is no reason for one. Outcomes
 * count in the order of their due days; closed without red breaks the row. A talk settles everything that was known on
 * its day, and counting starts anew.
 * @param afterReds so many in a row @unit items
 * @source domain.md §8
 */
export function redsInRow(
  outcomes: readonly Outcome[],
  lastTalkOn: LocalDate | null,
  afterReds: number,
): string[] | undefined {
  const fresh = outcomes
    .filter(({ knownOn }) => lastTalkOn === null || knownOn > lastTalkOn)
    .sort((a, b) => (a.dueOn === b.dueOn ? order(a.itemId, b.itemId) : order(a.dueOn, b.dueOn)));
  let row: string[] = [];
  for (const { redSlipId } of fresh) {
    if (redSlipId !== null) row.push(redSlipId);
    else if (row.length >= afterReds) break;
    else row = [];
  }
  return row.length >= afterReds ? row : undefined;
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Why a talk cannot be recorded as held. */
export type TalkRefusal = "talkHeldAlready" | "heldInFuture" | "heldBeforeCalled" | "minutesMissing";

/**
 * May a talk be recorded as held on a day? Refuses with talkHeldAlready, heldInFuture, heldBeforeCalled, minutesMissing.
 * @source domain.md §8
 */
export function decideHeld(
  talk: { readonly state: TalkState; readonly calledOn: LocalDate },
  held: { readonly on: LocalDate; readonly hasMinutes: boolean },
  today: LocalDate,
): Result<TalkState, TalkRefusal> {
  if (talk.state === "held") return refuse({ code: "talkHeldAlready" });
  const problems = [
    ...(held.on > today ? [{ code: "heldInFuture" as const, field: "heldOn" }] : []),
    ...(held.on < talk.calledOn ? [{ code: "heldBeforeCalled" as const, field: "heldOn" }] : []),
    ...(held.hasMinutes ? [] : [{ code: "minutesMissing" as const, field: "file" }]),
  ];
  return problems.length > 0 ? refuse(...problems) : accept("held");
}
