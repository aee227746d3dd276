import { and, eq, inArray, isNull, or } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { systems, units } from "@db/schema";
import { foldName } from "~/kernel/names";
import type { JudgedRow } from "~/platform/intake/intake.types";
import { inScope } from "~/platform/scope.server";
import type { Ctx } from "~/platform/transaction.server";
import type { TableRow } from "~/platform/xlsx/table-reader";
import { can, scopeFor } from "~/policy";

import { sayInventoryRefusal } from "./inventory.refusals";
import { editableFields, factProblems, foreignFields } from "./inventory.rules";
import { readFacts, type CellProblem } from "./read-facts";
import { changedFields, factChanges, factsOf, type FactChange, type FactNames, type SystemFacts } from "./system-facts";

type System = typeof systems.$inferSelect;
interface Unit {
  readonly unitId: string;
  readonly regionId: string;
  readonly name: string;
}

/** What applying a row of the inventory's sheet writes. */
export interface SystemRow {
  readonly before: System | undefined;
  readonly unit: Unit;
  readonly facts: SystemFacts;
  readonly changes: readonly FactChange[];
}

/** What judging needs of the inventory: read once for all rows. */
interface Ground {
  readonly ctx: Ctx;
  readonly units: ReadonlyMap<string, Unit>;
  readonly byCode: ReadonlyMap<string, System>;
  readonly byName: ReadonlyMap<string, System>;
  /** ids of operators by name, and names by id */
  readonly operators: ReadonlyMap<string, string>;
  readonly names: FactNames;
  /** rows that named a system before, by what they named */
  readonly seen: Map<string, number>;
}

const nameKey = (unitId: string, name: string): string => `${unitId} ${foldName(name)}`;
const textOf = (row: TableRow, column: string): string => (row.values[column] ?? "").trim();

/** Judges rows of the inventory's sheet under what the actor may edit: matched by number, otherwise by unit and name. */
export async function judgeSystemRows(
  tx: Transaction,
  ctx: Ctx,
  rows: readonly TableRow[],
): Promise<JudgedRow<SystemRow>[]> {
  const ground = await readGround(tx, ctx, rows);
  return rows.map((row) => judgeRow(ground, row));
}

async function readGround(tx: Transaction, ctx: Ctx, rows: readonly TableRow[]): Promise<Ground> {
  const scope = scopeFor(ctx.actor, "system:edit");
  const named = await tx
    .select({ unitId: units.id, regionId: units.regionId, name: units.name })
    .from(units)
    .where(and(isNull(units.closedOn), inScope(scope, { unitId: units.id, regionId: units.regionId })));
  const said = new Set(rows.map((row) => textOf(row, "unit") || ctx.actor.unitName));
  const unitIds = named.filter(({ name }) => said.has(name)).map(({ unitId }) => unitId);
  const codes = [...new Set(rows.map((row) => textOf(row, "code")).filter(Boolean))];
  const found = await tx
    .select()
    .from(systems)
    .where(
      and(
        inScope(scope, { unitId: systems.unitId, regionId: systems.regionId }),
        or(
          inArray(systems.unitId, [...unitIds, ctx.actor.unitId]),
          codes.length > 0 ? inArray(systems.code, codes) : undefined,
        ),
      ),
    );
  const operating = await tx
    .select({ id: units.id, name: units.name })
    .from(units)
    .where(and(eq(units.regionId, ctx.actor.regionId), eq(units.isOperator, true), isNull(units.closedOn)));
  return {
    ctx,
    units: new Map(named.map((unit) => [unit.name, unit])),
    byCode: new Map(found.map((system) => [system.code, system])),
    byName: new Map(
      found
        .filter(({ retiredOn }) => retiredOn === null)
        .map((system) => [nameKey(system.unitId, system.name), system]),
    ),
    operators: new Map(operating.map(({ id, name }) => [name, id])),
    names: new Map(operating.map(({ id, name }) => [id, name])),
    seen: new Map(),
  };
}

/** The entry that a row is about and the unit it belongs to, or why neither can be told. */
function placeOf(ground: Ground, row: TableRow): { unit?: Unit; before?: System | undefined; problems: CellProblem[] } {
  const { ctx, units: known, byCode, byName } = ground;
  const [code, unitName, name] = [textOf(row, "code"), textOf(row, "unit"), textOf(row, "name")];
  const unit = known.get(unitName || ctx.actor.unitName);
  if (code !== "") {
    const before = byCode.get(code);
    if (!before)
      return { problems: [{ column: "code", message: `清单中没有编号“${code}”，或不是本单位的系统；新系统请留空。` }] };
    if (unitName !== "" && unit?.unitId !== before.unitId)
      return {
        problems: [{ column: "unit", message: "主管单位与清单不一致；移交其他单位请由数据主管部门在系统页面办理。" }],
      };
    const { unitId, regionId } = before;
    return { before, unit: { unitId, regionId, name: unitName }, problems: [] };
  }
  if (!unit) return { problems: [{ column: "unit", message: "没有这个单位，或您不能为它登记系统，请填写单位全称。" }] };
  return { unit, before: byName.get(nameKey(unit.unitId, name)), problems: [] };
}

function judgeRow(ground: Ground, row: TableRow): JudgedRow<SystemRow> {
  const { names, seen } = ground;
  const { unit, before, problems: misplaced } = placeOf(ground, row);
  const label = [before?.code ?? textOf(row, "code"), textOf(row, "name") || before?.name].filter(Boolean).join(" ");
  const problem = (problems: readonly CellProblem[]): JudgedRow<SystemRow> => ({
    rowNumber: row.rowNumber,
    outcome: "problem",
    label,
    changes: [],
    problems,
  });
  if (!unit || misplaced.length > 0) return problem(misplaced);
  if (before?.state === "retired")
    return problem([{ column: "code", message: sayInventoryRefusal({ code: "isRetired" }) }]);
  const { facts, problems } = readFacts(row.values, before && factsOf(before), ground.operators);
  const key = before?.id ?? nameKey(unit.unitId, facts.name);
  const earlier = seen.get(key);
  if (earlier !== undefined)
    problems.push({ column: "name", message: `与第 ${earlier} 行是同一个系统，请删去重复的行。` });
  seen.set(key, row.rowNumber);
  problems.push(...ruleProblems(ground, unit, before, facts));
  if (problems.length > 0) return problem(problems);

  const blank = readFacts({}, undefined, ground.operators).facts;
  const changes = factChanges(before ? factsOf(before) : blank, facts, names);
  if (before && changes.length === 0)
    return { rowNumber: row.rowNumber, outcome: "same", label, changes: [], problems: [] };
  const outcome = before ? "change" : "add";
  return { rowNumber: row.rowNumber, outcome, label, changes, problems: [], data: { before, unit, facts, changes } };
}

/** What the inventory's rules say of a row, at the columns of the sheet. */
function ruleProblems(
  { ctx, byName, names }: Ground,
  unit: Unit,
  before: System | undefined,
  facts: SystemFacts,
): CellProblem[] {
  const namesake = byName.get(nameKey(unit.unitId, facts.name));
  const governs = can(ctx.actor, "system:govern", unit);
  const refusals = [
    ...factProblems(facts, {
      today: ctx.today,
      sameNamed: namesake && namesake.id !== before?.id ? namesake.code : undefined,
      isOperator:
        facts.operatorUnitId !== null &&
        (names.has(facts.operatorUnitId) || before?.operatorUnitId === facts.operatorUnitId),
      isOwnProject: true,
    }),
    ...(before ? foreignFields(changedFields(factsOf(before), facts), editableFields({ governs, edits: true })) : []),
  ];
  return refusals.map((refusal) => ({
    column: refusal.field === "operatorUnitId" ? "operator" : (refusal.field ?? "name"),
    message: sayInventoryRefusal(refusal),
  }));
}
