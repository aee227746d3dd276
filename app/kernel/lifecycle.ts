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
