import { and, eq, inArray, isNull, ne } from "drizzle-orm";

import type { DatabaseOrTransaction, Transaction } from "@db/client";
import { projects, systems, units } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import { foldName } from "~/kernel/names";

import type { Surroundings } from "./inventory.rules";
import type { FactNames, SystemFacts } from "./system-facts";

interface Owner {
  readonly unitId: string;
  readonly regionId: string;
  /** the system itself, when it is already in the inventory */
  readonly id?: string | undefined;
}

/** The code of another running system of the unit that has the name, however it is punctuated. */
export async function sameNamed(tx: Transaction, owner: Owner, name: string): Promise<string | undefined> {
  const rows = await tx
    .select({ code: systems.code, name: systems.name })
    .from(systems)
    .where(
      and(
        eq(systems.unitId, owner.unitId),
        isNull(systems.retiredOn),
        owner.id === undefined ? undefined : ne(systems.id, owner.id),
      ),
    );
  const folded = foldName(name);
  return rows.find((row) => foldName(row.name) === folded)?.code;
}

/** What the rule about a system's facts has to know of the world around it. */
export async function readSurroundings(
  tx: Transaction,
  owner: Owner,
  facts: SystemFacts,
  today: LocalDate,
): Promise<Surroundings> {
  const { operatorUnitId, projectId } = facts;
  const [operator] = operatorUnitId
    ? await tx
        .select({ isOperator: units.isOperator })
        .from(units)
        .where(and(eq(units.id, operatorUnitId), eq(units.regionId, owner.regionId)))
    : [];
  const [project] = projectId
    ? await tx.select({ unitId: projects.unitId }).from(projects).where(eq(projects.id, projectId))
    : [];
  return {
    today,
    sameNamed: await sameNamed(tx, owner, facts.name),
    isOperator: operator?.isOperator ?? false,
    isOwnProject: project?.unitId === owner.unitId,
  };
}

/** The names of the operators and projects that facts point to. */
export async function namesIn(db: DatabaseOrTransaction, list: readonly SystemFacts[]): Promise<FactNames> {
  const operators = [...new Set(list.flatMap(({ operatorUnitId }) => operatorUnitId ?? []))];
  const built = [...new Set(list.flatMap(({ projectId }) => projectId ?? []))];
  const rows = await Promise.all([
    operators.length > 0
      ? db.select({ id: units.id, name: units.name }).from(units).where(inArray(units.id, operators))
      : [],
    built.length > 0
      ? db.select({ id: projects.id, name: projects.name }).from(projects).where(inArray(projects.id, built))
      : [],
  ]);
  return new Map(rows.flat().map(({ id, name }) => [id, name]));
}
