import { and, count, eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { ledgerPlans, ledgerTasks, ledgerTaskUnits } from "@db/schema";
import { accept, refuse, type Result } from "~/kernel/result";
import { loadFigures } from "~/platform/figures.server";
import { saveFile, type MadeFile } from "~/platform/files.server";
import { newId } from "~/platform/ids.server";
import { readTable } from "~/platform/intake/read-table";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { SHEET_MEDIA_TYPES } from "~/platform/xlsx/media-types";
import { fileToParse, readWorkbook } from "~/platform/xlsx/read-workbook.server";
import { authorize } from "~/policy";

import { loadUnitDirectory } from "../match/unit-directory.queries.server";
import { planTasks } from "./plan-tasks.rules";
import { LEDGER_COLUMNS } from "./plan.columns";
import type { ImportRefusal } from "./plan.refusals.server";
import type { PlanFacts } from "./plan.schema";
import { readLedgerRows, type ReadTask } from "./read-rows.rules";

const LONGEST_NAME = 200;
/** Rows of one INSERT: PostgreSQL takes 65,535 parameters. */
const BATCH = 2_000;

/**
 * Takes in the ledger of a plan: what each row was understood to say, whom its names mean on the plan's day, and the row's
 * own words, for a person to confirm. Nothing of it is anybody's duty yet. A title is imported once.
 * Refuses with a code of the sheet or its rows, severalTables, tooManyRows, issuedInFuture, titleTaken.
 * @throws DomainError forbidden
 * @source domain.md §7
 */
export async function importPlan(
  ctx: Ctx,
  facts: PlanFacts,
  file: { readonly name: string; readonly bytes: Uint8Array },
): Promise<Result<{ id: string; tasks: number }, ImportRefusal>> {
  const governed = { unitId: ctx.actor.unitId, regionId: ctx.actor.regionId };
  authorize(ctx.actor, "task:import", governed);
  const read = await readPlanSheet(file);
  if (!read.ok) return read;
  if (facts.issuedOn > ctx.today) return refuse({ code: "issuedInFuture", field: "issuedOn" });
  return inTransaction<{ id: string; tasks: number }, ImportRefusal>(ctx, async (tx) => {
    authorize(ctx.actor, "task:import", governed);
    const { tasks, upload } = read.value;
    const limit = (await loadFigures(tx, ctx.today)).number("import.maxRows");
    if (tasks.length > limit) return refuse({ code: "tooManyRows", facts: { rows: tasks.length, limit } });
    const stored = await saveFile(tx, ctx, upload, governed);
    const [plan] = await tx
      .insert(ledgerPlans)
      .values({
        ...facts,
        id: newId(),
        regionId: governed.regionId,
        state: "confirming",
        fileId: stored.id,
        importedBy: ctx.actor.userId,
        importedAt: ctx.now,
      })
      .onConflictDoNothing({ target: [ledgerPlans.regionId, ledgerPlans.title] })
      .returning();
    if (!plan) return refuse(await takenBy(tx, governed.regionId, facts.title));
    await writeTasks(tx, plan, tasks);
    await record(tx, ctx, {
      action: "task:import",
      event: "taskPlanImported",
      object: { type: "taskPlan", id: plan.id, regionId: plan.regionId },
      after: { ...plan, sha256: stored.sha256, tasks: tasks.length },
      payload: { title: plan.title, tasks: tasks.length, fileName: upload.name },
    });
    return accept({ id: plan.id, tasks: tasks.length });
  });
}

async function readPlanSheet(file: {
  readonly name: string;
  readonly bytes: Uint8Array;
}): Promise<Result<{ tasks: readonly ReadTask[]; upload: MadeFile }, ImportRefusal>> {
  const parsed = fileToParse(file.bytes, file.name);
  if (!parsed.ok) return parsed;
  const workbook = await readWorkbook(file.bytes, file.name);
  if (!workbook.ok) return workbook;
  const table = readTable(workbook.value.sheets, LEDGER_COLUMNS);
  if (!table.ok) return table;
  const rows = readLedgerRows(table.value.rows, LEDGER_COLUMNS);
  if (!rows.ok) return rows;
  const name = (file.name.split(/[\\/]/).at(-1) ?? "").slice(-LONGEST_NAME);
  const upload = { name, mediaType: SHEET_MEDIA_TYPES[parsed.value.container], bytes: file.bytes };
  return accept({ tasks: rows.value, upload });
}

/** Where the plan of this title is, for the person who brought it again. */
async function takenBy(tx: Transaction, regionId: string, title: string) {
  const [plan] = await tx
    .select({ id: ledgerPlans.id, state: ledgerPlans.state, tasks: count(ledgerTasks.id) })
    .from(ledgerPlans)
    .leftJoin(ledgerTasks, eq(ledgerTasks.planId, ledgerPlans.id))
    .where(and(eq(ledgerPlans.regionId, regionId), eq(ledgerPlans.title, title)))
    .groupBy(ledgerPlans.id);
  return { code: "titleTaken", field: "title", facts: { id: "", state: "", tasks: 0, ...plan } } as const;
}

async function writeTasks(
  tx: Transaction,
  plan: typeof ledgerPlans.$inferSelect,
  read: readonly ReadTask[],
): Promise<void> {
  const directory = await loadUnitDirectory(tx, plan.regionId);
  const { tasks, units } = planTasks(plan, read, directory, () => newId());
  for (let at = 0; at < tasks.length; at += BATCH) await tx.insert(ledgerTasks).values(tasks.slice(at, at + BATCH));
  for (let at = 0; at < units.length; at += BATCH) await tx.insert(ledgerTaskUnits).values(units.slice(at, at + BATCH));
}
