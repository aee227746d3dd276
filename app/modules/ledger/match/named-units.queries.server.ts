import { and, eq, exists, gte, inArray, isNull, lte, or, sql, type SQL } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";

import type { DatabaseOrTransaction } from "@db/client";
import { ledgerPlans, ledgerTasks, ledgerTaskUnits, unitCollectionMembers, unitCollections, units } from "@db/schema";

import type { NamedUnit } from "../task/task.rules";

/** A unit that a task names, with the task. */
export interface TaskNamedUnit extends NamedUnit {
  readonly taskId: string;
  readonly unitName: string;
}

/** Did a unit belong to a group on the day of the plan? The statement must have the plan's row. */
const onPlansDay = and(
  lte(unitCollectionMembers.fromOn, ledgerPlans.issuedOn),
  or(isNull(unitCollectionMembers.toOn), gte(unitCollectionMembers.toOn, ledgerPlans.issuedOn)),
);

/** The units that tasks name, by themselves and through groups as they were on the plan's day; two statements. */
export async function namedUnits(db: DatabaseOrTransaction, taskIds: readonly string[]): Promise<TaskNamedUnit[]> {
  if (taskIds.length === 0) return [];
  const ofTasks = inArray(ledgerTaskUnits.taskId, [...taskIds]);
  const [direct, grouped] = await Promise.all([
    db
      .select({
        taskId: ledgerTaskUnits.taskId,
        unitId: units.id,
        unitName: units.name,
        role: ledgerTaskUnits.role,
        position: ledgerTaskUnits.position,
      })
      .from(ledgerTaskUnits)
      .innerJoin(units, eq(units.id, ledgerTaskUnits.unitId))
      .where(ofTasks)
      .orderBy(ledgerTaskUnits.role, ledgerTaskUnits.position),
    db
      .select({
        taskId: ledgerTaskUnits.taskId,
        unitId: units.id,
        unitName: units.name,
        role: ledgerTaskUnits.role,
        via: ledgerTaskUnits.mention,
      })
      .from(ledgerTaskUnits)
      .innerJoin(ledgerTasks, eq(ledgerTasks.id, ledgerTaskUnits.taskId))
      .innerJoin(ledgerPlans, eq(ledgerPlans.id, ledgerTasks.planId))
      .innerJoin(
        unitCollections,
        and(eq(unitCollections.regionId, ledgerTaskUnits.regionId), eq(unitCollections.name, ledgerTaskUnits.mention)),
      )
      .innerJoin(unitCollectionMembers, and(eq(unitCollectionMembers.collectionId, unitCollections.id), onPlansDay))
      .innerJoin(units, eq(units.id, unitCollectionMembers.unitId))
      .where(and(ofTasks, eq(ledgerTaskUnits.kind, "group")))
      .orderBy(ledgerTaskUnits.role, ledgerTaskUnits.position, units.group, units.position),
  ]);
  return [...direct.map(({ position: _position, ...unit }) => ({ ...unit, via: null })), ...grouped];
}

/** Does the task name such a unit in such a role, by itself or through a group? Asks for the rows of task and plan. */
export function concernsUnit(
  db: DatabaseOrTransaction,
  isSuch: (unitId: AnyPgColumn) => SQL | undefined,
  role?: NamedUnit["role"],
): SQL {
  const groups = db
    .select({ name: unitCollections.name })
    .from(unitCollectionMembers)
    .innerJoin(unitCollections, eq(unitCollections.id, unitCollectionMembers.collectionId))
    .where(and(isSuch(unitCollectionMembers.unitId), eq(unitCollections.regionId, ledgerTasks.regionId), onPlansDay));
  return exists(
    db
      .select({ one: sql`1` })
      .from(ledgerTaskUnits)
      .where(
        and(
          eq(ledgerTaskUnits.taskId, ledgerTasks.id),
          role ? eq(ledgerTaskUnits.role, role) : undefined,
          or(
            isSuch(ledgerTaskUnits.unitId),
            and(eq(ledgerTaskUnits.kind, "group"), inArray(ledgerTaskUnits.mention, groups)),
          ),
        ),
      ),
  );
}
