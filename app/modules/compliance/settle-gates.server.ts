import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";

import type { Database, Transaction } from "@db/client";
import { gateChanges, gateStates, units } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import { accept } from "~/kernel/result";
import { newId } from "~/platform/ids.server";
import { systemActor } from "~/platform/system-actor";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { readGate, readGates } from "./gate.queries.server";
import type { Gate } from "./gate.types";
import { tellRegion, tellUnit } from "./tell.server";

interface Clock {
  readonly now: Date;
  readonly today: LocalDate;
}

/** How many gates opened and how many closed. */
export interface GateRun {
  readonly opened: number;
  readonly closed: number;
}

type Unit = Pick<typeof units.$inferSelect, "id" | "name" | "regionId">;

/** Looks at so many units with one set of statements. */
const BATCH = 500;

/**
 * Looks at the gates of all units, or of some, and keeps every opening and closing since they were last looked at, as an
 * event with the reasons of the moment. Doing it again changes nothing; two processes at once keep each change once.
 * @source domain.md §5
 */
export async function settleGates(
  db: Database,
  clock: Clock,
  only: { readonly unitIds?: readonly string[] } = {},
): Promise<GateRun> {
  const wanted = await db
    .select({ id: units.id, name: units.name, regionId: units.regionId })
    .from(units)
    .where(and(isNull(units.closedOn), only.unitIds && inArray(units.id, [...only.unitIds])))
    .orderBy(asc(units.id));
  const outcomes: (boolean | undefined)[] = [];
  for (let at = 0; at < wanted.length; at += BATCH) {
    const batch = wanted.slice(at, at + BATCH);
    for (const unit of await unsettled(db, batch, clock)) outcomes.push(await settleGate(db, unit, clock));
  }
  const count = (open: boolean) => outcomes.filter((outcome) => outcome === open).length;
  return { opened: count(true), closed: count(false) };
}

/** Those of the units whose gate is not as it was kept; the others are marked as looked at, in one statement. */
async function unsettled(db: Database, batch: readonly Unit[], { now, today }: Clock): Promise<Unit[]> {
  const ids = batch.map(({ id }) => id);
  const [gates, kept] = await Promise.all([
    readGates(db, ids, today),
    db.select().from(gateStates).where(inArray(gateStates.unitId, ids)),
  ]);
  const keptOf = new Map(kept.map((row) => [row.unitId, row]));
  const moved = batch.filter(({ id }) => {
    const [gate, row] = [gates.get(id), keptOf.get(id)];
    return gate && !(row && isSame(row, stateOf(gate)));
  });
  const same = kept.filter(({ unitId }) => !moved.some(({ id }) => id === unitId)).map(({ unitId }) => unitId);
  if (same.length > 0) await db.update(gateStates).set({ checkedAt: now }).where(inArray(gateStates.unitId, same));
  return moved;
}

const stateOf = ({ open, reasons, exemption }: Gate) => ({
  open,
  exempted: exemption !== null && reasons.length > 0,
  reasonCount: reasons.length,
});

type State = ReturnType<typeof stateOf>;

const isSame = (kept: State, state: State): boolean =>
  kept.open === state.open && kept.exempted === state.exempted && kept.reasonCount === state.reasonCount;

/** Keeps where one gate stands; answers whether it opened or closed, undefined when neither. */
async function settleGate(db: Database, unit: Unit, { now, today }: Clock): Promise<boolean | undefined> {
  const actor = systemActor("bureauReviewer", unit.regionId);
  const ctx: Ctx = { db, actor, now, today, requestId: newId(), address: "" };
  const settled = await inTransaction<boolean | undefined, never>(ctx, async (tx) => {
    authorize(actor, "gate:read", { unitId: unit.id, regionId: unit.regionId });
    // Whoever else looks at this gate waits, and then finds it settled.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`gate ${unit.id}`}, 0))`);
    const gate = await readGate(tx, unit.id, today);
    const state = stateOf(gate);
    const [kept] = await tx.select().from(gateStates).where(eq(gateStates.unitId, unit.id));
    // A gate that nobody has looked at before was open as far as anybody knew.
    const before = kept ?? { open: true, exempted: false, sinceOn: today };
    const changed = before.open !== state.open || before.exempted !== state.exempted;
    const row = { ...state, sinceOn: changed ? today : before.sinceOn, checkedAt: now };
    await tx
      .insert(gateStates)
      .values({ unitId: unit.id, regionId: unit.regionId, ...row })
      .onConflictDoUpdate({ target: gateStates.unitId, set: row });
    if (!changed) return accept(undefined);
    await keepChange(tx, ctx, unit, gate, state);
    return accept(before.open === state.open ? undefined : state.open);
  });
  return settled.ok ? settled.value : undefined;
}

async function keepChange(tx: Transaction, ctx: Ctx, unit: Unit, gate: Gate, state: State): Promise<void> {
  const { id: unitId, regionId, name } = unit;
  const reasons = gate.reasons.map(({ code, evidence, facts }) => ({ code, evidence, facts }));
  const change = {
    id: newId(),
    regionId,
    unitId,
    open: state.open,
    exempted: state.exempted,
    reasons,
    on: ctx.today,
    at: ctx.now,
  };
  await tx.insert(gateChanges).values(change);
  await record(tx, ctx, {
    action: "gate:read",
    event: state.open ? "gateOpened" : "gateClosed",
    object: { type: "gate", id: unitId, regionId },
    after: change,
    payload: { unitId, name, exempted: state.exempted, reasons: reasons.length },
  });
  const said = state.open
    ? state.exempted
      ? "共享闸口经豁免打开"
      : "共享闸口已打开"
    : `共享闸口已关闭，有 ${reasons.length} 项原因`;
  const href = `/gates/${unitId}`;
  await tellUnit(tx, ctx, { unitId, regionId }, ["filer", "unitLead"], { title: said, href });
  await tellRegion(tx, ctx, regionId, "financeReviewer", { title: `${name}：${said}`, href });
}
