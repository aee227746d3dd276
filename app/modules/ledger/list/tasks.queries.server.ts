import { and, asc, desc, eq, ilike, inArray, ne, or, sql, type SQL, type SQLWrapper } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { ledgerMomentsMet, ledgerPlans, ledgerTasks, ledgerTaskUnits, ledgerUpdates } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { LocalDate } from "~/kernel/local-date";
import { periodOf } from "~/kernel/period";
import { isWantedUnit } from "~/modules/identity/index.server";
import { contains } from "~/platform/like.server";
import { scopeFor } from "~/policy";

import { byKey } from "../by-key";
import { concernsUnit, namedUnits, type TaskNamedUnit } from "../match/named-units.queries.server";
import { taskOverdueDays } from "../task/task.rules";
import type { LedgerQuery } from "./list-query";

type Db = DatabaseOrTransaction;

/** A task as the list knows it before it is shown: what its standing is judged by. */
export interface JudgedTask {
  readonly id: string;
  readonly overdueDays: number;
  readonly confirmed: boolean;
  readonly state: (typeof ledgerTasks.$inferSelect)["state"];
  readonly planState: (typeof ledgerPlans.$inferSelect)["state"];
  /** did the unit that is asked about, or where none is, any unit, tell this month's progress? */
  readonly updated: boolean;
  readonly hasDifficulty: boolean;
}

/**
 * The tasks that the actor may see under a question, each judged by the one rule; three statements, whatever their number.
 * All are judged in memory: they are the plans of a region, not its records.
 */
export async function judgedTasks(db: Db, actor: Actor, query: LedgerQuery, today: LocalDate): Promise<JudgedTask[]> {
  const where = questionOf(db, actor, query);
  const tasksAsked = db
    .select({ id: ledgerTasks.id })
    .from(ledgerTasks)
    .innerJoin(ledgerPlans, eq(ledgerPlans.id, ledgerTasks.planId))
    .where(where);
  const [rows, met, updates] = await Promise.all([
    db
      .select({
        id: ledgerTasks.id,
        deadlineKind: ledgerTasks.deadlineKind,
        deadlineText: ledgerTasks.deadlineText,
        deadlines: ledgerTasks.deadlines,
        state: ledgerTasks.state,
        closedOn: ledgerTasks.closedOn,
        confirmed: ledgerTasks.confirmed,
        planState: ledgerPlans.state,
      })
      .from(ledgerTasks)
      .innerJoin(ledgerPlans, eq(ledgerPlans.id, ledgerTasks.planId))
      .where(where)
      .orderBy(
        sql`${ledgerPlans.state} = 'ended'`,
        desc(ledgerPlans.issuedOn),
        asc(ledgerPlans.title),
        asc(ledgerTasks.number),
      ),
    db
      .select({
        taskId: ledgerMomentsMet.taskId,
        position: ledgerMomentsMet.position,
        metOn: ledgerMomentsMet.metOn,
      })
      .from(ledgerMomentsMet)
      .where(inArray(ledgerMomentsMet.taskId, tasksAsked)),
    monthsUpdates(db, actor, query, today, tasksAsked),
  ]);
  const metOf = byKey(met, ({ taskId }) => taskId);
  const updatesOf = byKey(updates, ({ taskId }) => taskId);
  return rows.map(({ id, confirmed, planState, ...task }) => {
    const isDuty = planState !== "confirming";
    const told = updatesOf.get(id) ?? [];
    return {
      ...{ id, confirmed, planState, state: task.state },
      overdueDays: isDuty ? taskOverdueDays(task, metOf.get(id) ?? [], today) : 0,
      updated: told.length > 0,
      hasDifficulty: told.some(({ difficulty }) => difficulty !== ""),
    };
  });
}

/** This month's updates of the tasks: of the unit asked about, of one's own for a unit, of all otherwise. */
function monthsUpdates(db: Db, actor: Actor, query: LedgerQuery, today: LocalDate, tasksAsked: SQLWrapper) {
  const scope = scopeFor(actor, "task:read");
  const own = scope.regionIds.length === 0 && scope.unitId ? eq(ledgerUpdates.unitId, scope.unitId) : undefined;
  return db
    .select({ taskId: ledgerUpdates.taskId, difficulty: ledgerUpdates.difficulty })
    .from(ledgerUpdates)
    .where(
      and(
        inArray(ledgerUpdates.taskId, tasksAsked),
        eq(ledgerUpdates.period, periodOf(today)),
        own ?? isWantedUnit(ledgerUpdates.unitId, query.unit),
      ),
    );
}

/** Does a task answer the question for a range? */
export function isShown(task: JudgedTask, show: LedgerQuery["show"]): boolean {
  switch (show) {
    case undefined:
      return true;
    case "overdue":
      return task.planState === "active" && task.overdueDays > 0;
    case "noUpdate":
      return task.planState === "active" && task.state === "open" && !task.updated;
    case "difficulty":
      return task.planState === "active" && task.hasDifficulty;
    case "unconfirmed":
      return task.planState === "confirming" && !task.confirmed;
  }
}

/** The figures of the list, each the count of rows that the list shows under the address beside it. */
export const ledgerFigures = (tasks: readonly JudgedTask[]) => {
  const count = (isCounted: (task: JudgedTask) => boolean) => tasks.filter(isCounted).length;
  return {
    all: tasks.length,
    open: count(({ state, planState }) => planState === "active" && state === "open"),
    overdue: count((task) => isShown(task, "overdue")),
    noUpdate: count((task) => isShown(task, "noUpdate")),
    closing: count(({ state }) => state === "closing"),
    closed: count(({ state }) => state === "closed"),
  };
};

/** The rows of judged tasks with their words and units, in the order of the judged ones; three statements. */
export async function taskRows(db: Db, actor: Actor, judged: readonly JudgedTask[]) {
  const ids = judged.map(({ id }) => id);
  if (ids.length === 0) return [];
  const [rows, mentions, named] = await Promise.all([
    db
      .select({ task: ledgerTasks, plan: ledgerPlans.title })
      .from(ledgerTasks)
      .innerJoin(ledgerPlans, eq(ledgerPlans.id, ledgerTasks.planId))
      .where(inArray(ledgerTasks.id, ids)),
    db
      .select({ taskId: ledgerTaskUnits.taskId, role: ledgerTaskUnits.role, mention: ledgerTaskUnits.mention })
      .from(ledgerTaskUnits)
      .where(inArray(ledgerTaskUnits.taskId, ids))
      .orderBy(asc(ledgerTaskUnits.position)),
    namedUnits(db, ids),
  ]);
  const rowOf = new Map(rows.map(({ task, plan }) => [task.id, { ...task, plan }]));
  const mentionsOf = byKey(mentions, ({ taskId }) => taskId);
  const namedOf = byKey(named, ({ taskId }) => taskId);
  return judged.flatMap((standing) => {
    const task = rowOf.get(standing.id);
    if (!task) return [];
    const words = (role: "lead" | "responsible") =>
      (mentionsOf.get(task.id) ?? []).filter((each) => each.role === role).map(({ mention }) => mention);
    return {
      ...task,
      ...standing,
      leads: words("lead"),
      responsible: words("responsible"),
      own: rolesOf(namedOf.get(task.id) ?? [], actor.unitId),
    };
  });
}

/** In which roles, and through which groups, a task names a unit. */
const rolesOf = (named: readonly TaskNamedUnit[], unitId: string) =>
  named.filter((each) => each.unitId === unitId).map(({ role, via }) => ({ role, via }));

function questionOf(db: Db, actor: Actor, query: LedgerQuery): SQL | undefined {
  const like = contains(query.q);
  const scope = scopeFor(actor, "task:read");
  const isUnitAsked = query.unit !== undefined;
  const ownUnit = scope.unitId ?? (scope.regionIds.length > 0 ? undefined : actor.unitId);
  return and(
    inSight(db, actor),
    isUnitAsked ? concernsUnit(db, (unitId) => isWantedUnit(unitId, query.unit), query.role) : undefined,
    !isUnitAsked && query.role && ownUnit ? concernsUnit(db, (unitId) => eq(unitId, ownUnit), query.role) : undefined,
    query.plan ? eq(ledgerTasks.planId, query.plan) : undefined,
    query.kind ? eq(ledgerTasks.deadlineKind, query.kind) : undefined,
    query.state ? eq(ledgerTasks.state, query.state) : undefined,
    query.q ? or(ilike(ledgerTasks.title, like), ilike(ledgerTasks.content, like)) : undefined,
  );
}

/**
 * Whose tasks one sees: a region's whole ledger for who sees the region, otherwise those that name one's unit. A plan that
 * is being confirmed is seen by those who confirm it.
 */
export function inSight(db: Db, actor: Actor): SQL {
  const scope = scopeFor(actor, "task:read");
  const confirmed = scopeFor(actor, "task:confirm").regionIds;
  const parts = [
    scope.regionIds.length > 0 ? inArray(ledgerTasks.regionId, [...scope.regionIds]) : undefined,
    scope.unitId ? concernsUnit(db, (unitId) => eq(unitId, scope.unitId)) : undefined,
  ].filter((part) => part !== undefined);
  const isInForce = ne(ledgerPlans.state, "confirming");
  const mayConfirm = confirmed.length > 0 ? inArray(ledgerTasks.regionId, [...confirmed]) : sql`false`;
  return and(or(...parts) ?? sql`false`, or(isInForce, mayConfirm)) ?? sql`false`;
}

/** The plans whose tasks one sees, for the filter of the list; the latest first. */
export async function plansInSight(db: Db, actor: Actor): Promise<{ value: string; label: string }[]> {
  const rows = await db
    .selectDistinct({ value: ledgerPlans.id, label: ledgerPlans.title, issuedOn: ledgerPlans.issuedOn })
    .from(ledgerPlans)
    .innerJoin(ledgerTasks, eq(ledgerTasks.planId, ledgerPlans.id))
    .where(inSight(db, actor))
    .orderBy(desc(ledgerPlans.issuedOn), asc(ledgerPlans.title));
  return rows.map(({ value, label }) => ({ value, label }));
}
