import type { Transaction } from "@db/client";
import type { Actor } from "~/kernel/actor";
import { decideStep, type StepRefusal, type Transition } from "~/kernel/lifecycle";
import { accept, conflict, notFound, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, scopeFor, visible, type Action } from "~/policy";

/** Which thing, and the version the form was filled in from. */
export interface StepRef {
  readonly id: string;
  readonly version: number;
}

interface GovernedRow extends StepRef {
  readonly unitId: string;
  readonly regionId: string;
  readonly state: string;
}

type GuardOf<Row extends Transition> = NonNullable<Row["guards"]>[number];

/** One of the things of this module that have a lifecycle: its table of states and the two statements on its table. */
export interface StepKind<Row extends GovernedRow, T extends Transition> {
  /** what it is called in the trail */
  readonly type: string;
  readonly lifecycle: readonly T[];
  /** the domain event that each step is recorded as */
  readonly facts: Readonly<Record<T["on"], string>>;
  /** states that the unit concerned does not see: one person's word only */
  readonly unconfirmed?: readonly Row["state"][];
  /** reads and locks it */
  readonly load: (tx: Transaction, id: string) => Promise<Row | undefined>;
  /** writes under the version that was read; undefined when another step came first */
  readonly write: (tx: Transaction, ref: StepRef, set: Partial<Row>) => Promise<Row | undefined>;
  /** facts that timelines and listeners need */
  readonly payload: (row: Row) => Readonly<Record<string, unknown>>;
}

/** What a verb finds out before the lifecycle is asked: the guards that hold and the columns that change with the state. */
interface Prepared<Row, Guard> {
  readonly guards?: readonly Guard[];
  readonly set?: Partial<Row>;
}

export interface Step<Row extends GovernedRow, T extends Transition, Code extends string> extends StepRef {
  readonly event: T["on"];
  /** the guard reasonGiven follows from it */
  readonly reason?: string;
  readonly prepare?: (tx: Transaction, row: Row) => Promise<Result<Prepared<Row, GuardOf<T>>, Code>>;
  /** what else the step brings about, in its transaction: whom it tells */
  readonly follow?: (tx: Transaction, row: Row) => Promise<void>;
}

/** Does the actor see what only one person of the bureau has said so far? Those who oversee the region do. */
export const seesUnconfirmed = (actor: Actor): boolean => scopeFor(actor, "gate:read").regionIds.length > 0;

/**
 * Moves one of this module's things along its lifecycle, in the one order of all its verbs: load in sight, authorize, the
 * version that was read, prepare, decide, write, record, follow.
 * Refuses with notInThisState, the guards that do not hold, or what the verb's own questions refuse with.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 */
export async function takeStep<
  Row extends GovernedRow,
  T extends Transition<string, string, Action>,
  Code extends string = never,
>(ctx: Ctx, kind: StepKind<Row, T>, step: Step<Row, T, Code>): Promise<Result<{ id: string }, Code | StepRefusal<T>>> {
  const { id, version, event } = step;
  return inTransaction<{ id: string }, Code | StepRefusal<T>>(ctx, async (tx) => {
    const row = visible(ctx.actor, "gate:read", await kind.load(tx, id), kind.type);
    if (kind.unconfirmed?.includes(row.state) && !seesUnconfirmed(ctx.actor)) throw notFound(kind.type);
    const action = actionOf(kind.lifecycle, event);
    authorize(ctx.actor, action, row);
    if (row.version !== version) throw conflict(kind.type);
    const prepared = step.prepare ? await step.prepare(tx, row) : accept<Prepared<Row, GuardOf<T>>>({});
    if (!prepared.ok) return prepared;
    const reason = step.reason?.trim() ?? "";
    const guards = [...(prepared.value.guards ?? []), ...(reason ? (["reasonGiven"] as GuardOf<T>[]) : [])];
    const decided = decideStep(kind.lifecycle, row.state, event, guards);
    if (!decided.ok) return decided;
    const after = await kind.write(tx, { id, version }, {
      ...prepared.value.set,
      state: decided.value.to,
      version: version + 1,
    } as Partial<Row>);
    if (!after) throw conflict(kind.type);
    await record(tx, ctx, {
      action,
      event: kind.facts[event],
      object: { type: kind.type, id, regionId: row.regionId },
      before: row,
      after,
      ...(reason && { reason }),
      payload: { unitId: row.unitId, ...kind.payload(after) },
    });
    await step.follow?.(tx, after);
    return accept({ id });
  });
}

/** The permission that an event asks for; the same in every state. */
function actionOf<T extends Transition<string, string, Action>>(lifecycle: readonly T[], event: T["on"]): Action {
  const row = lifecycle.find(({ on }) => on === event);
  if (!row) throw new Error(`no step is called ${event}`);
  return row.action;
}
