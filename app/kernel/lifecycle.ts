import { accept, refuse, type Result } from "./result";

/**
 * The lifecycle engine: a lifecycle is one array of rows, and what is not a row is refused.
 * Action names the permission that policy is asked for; guards and effects are names that the module resolves.
 */
export interface Transition<
  State extends string = string,
  Event extends string = string,
  Action extends string = string,
  Guard extends string = string,
  Effect extends string = string,
> {
  readonly from: State;
  readonly on: Event;
  readonly to: State;
  readonly action: Action;
  readonly guards?: readonly Guard[];
  readonly effects?: readonly Effect[];
}

/** The row for this state and event, or undefined: the event is refused in this state. */
export function findTransition<T extends Transition>(table: readonly T[], state: string, event: string): T | undefined {
  return table.find((row) => row.from === state && row.on === event);
}

/** The rows for this state and event, in order: more than one where guards tell them apart. */
export const findTransitions = <T extends Transition>(table: readonly T[], state: string, event: string): T[] =>
  table.filter((row) => row.from === state && row.on === event);

/** A guard that does not hold refuses by its own name; `notInThisState` when the table has no such row. */
export type StepRefusal<Row extends Transition> = "notInThisState" | NonNullable<Row["guards"]>[number];

/**
 * What an event does to a thing in its state: the first row whose guards all hold.
 * Refuses with notInThisState, or with every guard that does not hold of the row that lacks least.
 */
export function decideStep<Row extends Transition>(
  table: readonly Row[],
  state: Row["from"],
  event: Row["on"],
  guardsHeld: readonly NonNullable<Row["guards"]>[number][],
): Result<Row, StepRefusal<Row>> {
  const rows = findTransitions(table, state, event);
  const unmetOf = ({ guards = [] }: Row) => guards.filter((guard) => !guardsHeld.includes(guard));
  const row = rows.find((each) => unmetOf(each).length === 0);
  if (row) return accept(row);
  const [nearest] = rows.map(unmetOf).sort((a, b) => a.length - b.length);
  if (!nearest) return refuse({ code: "notInThisState", facts: { state, event } });
  return refuse(...nearest.map((code) => ({ code })));
}

/** Events that the table allows in this state. */
export function eventsFrom<T extends Transition>(table: readonly T[], state: string): T[] {
  return table.filter((row) => row.from === state);
}

/** A Mermaid state diagram of the table, committed beside it so that a reader sees what the code does. */
export function toMermaid(table: readonly Transition[], labels: Readonly<Record<string, string>>): string {
  const states = [...new Set(table.flatMap((row) => [row.from, row.to]))];
  return [
    "stateDiagram-v2",
    ...states.map((state) => `  ${state} : ${labels[state] ?? state}`),
    ...table.map((row) => `  ${row.from} --> ${row.to} : ${labels[row.on] ?? row.on}`),
    "",
  ].join("\n");
}
