import { and, asc, eq, inArray, isNull, or, sql } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { cloudStandings, cloudSteps, systems } from "@db/schema";
import { CLOUD_STEPS } from "~/kernel/vocabulary";
import { newId } from "~/platform/ids.server";
import type { IntakeKind, JudgedRow } from "~/platform/intake/intake.types";
import { inScope } from "~/platform/scope.server";
import { recordAll, type Ctx } from "~/platform/transaction.server";
import type { TableRow } from "~/platform/xlsx/table-reader";
import { readChoice, readDateText } from "~/platform/xlsx/text-values";
import { scopeFor } from "~/policy";

import { isRetiredOn } from "./act-on-cloud.server";
import { endOvercomeBlocks } from "./blocks.server";
import { CLOUD_STEP_COLUMNS } from "./cloud-steps.columns";
import { saySheetProblem } from "./steps-sheet.refusals";
import {
  judgeSteps,
  SystemsByName,
  unreadable,
  type NamedSystem,
  type ReadStepRow,
  type StepOfSheet,
  type StepVerdict,
} from "./steps-sheet.rules";
import type { CloudState } from "./steps.rules";

const ACTION = "cloud:record";

/** Rows that one statement inserts. */
const AT_ONCE = 1_000;

interface KnownSystem extends NamedSystem {
  readonly regionId: string;
  readonly state: CloudState;
}

interface StepToWrite extends StepOfSheet {
  readonly system: KnownSystem;
}

/** The sheet of cloud steps: steps of many systems, each of which its unit or its operator may record. */
export const cloudStepsIntake: IntakeKind<StepToWrite> = {
  key: "cloud-steps",
  action: ACTION,
  title: "上云步骤",
  counter: "个步骤",
  listHref: "/cloud",
  columns: CLOUD_STEP_COLUMNS,
  judge,
  apply,
};

async function judge(tx: Transaction, ctx: Ctx, rows: readonly TableRow[]): Promise<JudgedRow<StepToWrite>[]> {
  const known = new SystemsByName(await systemsNamed(tx, ctx, rows));
  const read = rows.map((row) => readRow(row, known));
  const verdicts = new Map<number, StepVerdict>();
  for (const [system, steps] of groupedBy(
    read.flatMap(({ data }) => data ?? []),
    ({ system }) => system,
  ))
    for (const [rowNumber, verdict] of judgeSteps(system.state, steps)) verdicts.set(rowNumber, verdict);
  return read.map((row) => judged(row, verdicts.get(row.rowNumber)));
}

/** The systems that a sheet names and the actor may record steps for, held until it is applied. */
async function systemsNamed(tx: Transaction, ctx: Ctx, rows: readonly TableRow[]): Promise<KnownSystem[]> {
  const said = (key: string) => [...new Set(rows.map(({ values }) => (values[key] ?? "").trim()).filter(Boolean))];
  const [codes, names] = [said("code").map((code) => code.toUpperCase()), said("name")];
  if (codes.length + names.length === 0) return [];
  const found = await tx
    .select()
    .from(systems)
    .where(
      and(
        inScope(scopeFor(ctx.actor, ACTION), {
          unitId: systems.unitId,
          regionId: systems.regionId,
          operatorUnitId: systems.operatorUnitId,
        }),
        or(inArray(sql`upper(${systems.code})`, codes), inArray(systems.name, names)),
      ),
    )
    .orderBy(asc(systems.id))
    .for("update");
  const ids = found.map(({ id }) => id);
  const [steps, standings] = await Promise.all([
    tx.select().from(cloudSteps).where(inArray(cloudSteps.systemId, ids)),
    tx
      .select({ systemId: cloudStandings.systemId })
      .from(cloudStandings)
      .where(and(inArray(cloudStandings.systemId, ids), isNull(cloudStandings.toOn), eq(cloudStandings.scope, "out"))),
  ]);
  const stepsOf = groupedBy(steps, ({ systemId }) => systemId);
  const outside = new Set(standings.map(({ systemId }) => systemId));
  return found.map((system) => ({
    id: system.id,
    code: system.code,
    name: system.name,
    regionId: system.regionId,
    state: {
      steps: stepsOf.get(system.id) ?? [],
      outOfScope: outside.has(system.id),
      retired: isRetiredOn(system, ctx.today),
      today: ctx.today,
    },
  }));
}

/** What a row says; columns are those of the sheet. */
function readStepRow({ values }: TableRow): ReadStepRow {
  const date = readDateText(values["completedOn"] ?? "");
  return {
    step: readChoice(
      values["step"] ?? "",
      CLOUD_STEPS.map((step) => ({ value: step, label: step })),
    ),
    completedOn: date && "date" in date ? date.date : undefined,
    evidence: (values["evidence"] ?? "").trim(),
  };
}

/** A row that names a system and a step of it, or what is wrong with it. */
function readRow(row: TableRow, known: SystemsByName<KnownSystem>) {
  const { step, completedOn, evidence } = readStepRow(row);
  const system = known.meant(row.values);
  const faults = [...("id" in system ? [] : [system]), ...unreadable({ step, completedOn, evidence })];
  const label =
    "id" in system ? `${system.code} ${system.name}` : (row.values["code"] ?? "") || (row.values["name"] ?? "");
  const data =
    "id" in system && step && completedOn && faults.length === 0
      ? { system, rowNumber: row.rowNumber, step, completedOn, evidence }
      : undefined;
  const problems = faults.map((fault) => ({ column: fault.field ?? "code", message: saySheetProblem(fault) }));
  return { rowNumber: row.rowNumber, label: [label, step].filter(Boolean).join(" · "), data, problems };
}

function groupedBy<Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

function judged(
  { rowNumber, label, data, problems }: ReturnType<typeof readRow>,
  verdict: StepVerdict | undefined,
): JudgedRow<StepToWrite> {
  if (!data || !verdict) return { rowNumber, label, outcome: "problem", changes: [], problems };
  if (verdict.outcome === "problem") {
    const problem = { column: verdict.refusal.field ?? "step", message: saySheetProblem(verdict.refusal) };
    return { rowNumber, label, outcome: "problem", changes: [], problems: [problem] };
  }
  if (verdict.outcome === "same") return { rowNumber, label, outcome: "same", changes: [], problems: [] };
  const changes = [{ title: data.step, before: "", after: `${data.completedOn} 完成，依据：${data.evidence}` }];
  return { rowNumber, label, outcome: "add", changes, problems: [], data };
}

async function apply(tx: Transaction, ctx: Ctx, rows: readonly JudgedRow<StepToWrite>[]): Promise<void> {
  const written = rows.flatMap(({ data }) =>
    data ? [{ name: data.system.name, before: data.system.state.steps, row: stepRow(ctx, data) }] : [],
  );
  for (let from = 0; from < written.length; from += AT_ONCE)
    await tx.insert(cloudSteps).values(written.slice(from, from + AT_ONCE).map(({ row }) => row));
  const systemIds = [...new Set(written.map(({ row }) => row.systemId))];
  await tx
    .update(systems)
    .set({ version: sql`${systems.version} + 1` })
    .where(inArray(systems.id, systemIds));
  await endOvercomeBlocks(tx, ctx, systemIds);
  await recordAll(
    tx,
    ctx,
    written.map(({ name, before, row }) => ({
      action: ACTION,
      event: "cloudStepCompleted",
      object: { type: "system", id: row.systemId, regionId: row.regionId },
      before,
      after: row,
      payload: { name, step: row.step, completedOn: row.completedOn },
    })),
  );
}

const stepRow = (ctx: Ctx, { system, step, completedOn, evidence }: StepToWrite) => ({
  id: newId(),
  systemId: system.id,
  step,
  regionId: system.regionId,
  completedOn,
  evidence,
  recordedBy: ctx.actor.userId,
  recordedAt: ctx.now,
});
