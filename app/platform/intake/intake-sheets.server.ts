import { and, asc, eq, sql } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { intakeRows, intakeSheets } from "@db/schema";
import { conflict, notFound } from "~/kernel/result";
import { authorize, type Governed } from "~/policy";

import type { Ctx } from "../transaction.server";
import type { TableRow } from "../xlsx/table-reader";
import type { IntakeKind, JudgedRow } from "./intake.types";
import { checkCells, withCellProblems } from "./row-judgement";

export type IntakeSheet = typeof intakeSheets.$inferSelect;
type StoredRow = typeof intakeRows.$inferSelect;

/** Which sheet, and the version the page showed. */
export interface IntakeSheetRef {
  readonly sheetId: string;
  readonly version: number;
}

/** What the permission of a kind is asked about: the actor's own place. What a row may touch is the kind's judgement. */
const ownPlace = ({ unitId, regionId }: Ctx["actor"]): Governed => ({ unitId, regionId, operatorUnitId: unitId });

/** Refuses who may take in no sheet of this kind. @throws DomainError forbidden */
export const authorizeIntake = ({ actor }: Pick<Ctx, "actor">, kind: Pick<IntakeKind, "action">): void =>
  authorize(actor, kind.action, ownPlace(actor));

/**
 * Locks a sheet for the person who uploaded it; to everybody else, and under another kind, it does not exist.
 * @throws DomainError notFound; conflict when it has moved on since the person saw it
 */
export async function lockIntakeSheet(
  tx: Transaction,
  { actor }: Ctx,
  kind: IntakeKind,
  { sheetId, version }: IntakeSheetRef,
): Promise<IntakeSheet> {
  const [sheet] = await tx.select().from(intakeSheets).where(eq(intakeSheets.id, sheetId)).for("update");
  if (!sheet || sheet.uploadedBy !== actor.userId || sheet.kind !== kind.key) throw notFound("intakeSheet");
  if (sheet.version !== version) throw conflict("intakeSheet");
  return sheet;
}

/** Writes the next state of a locked sheet. @throws DomainError conflict */
export async function moveIntakeSheet(
  tx: Transaction,
  { id, version }: IntakeSheet,
  changes: Partial<typeof intakeSheets.$inferInsert>,
): Promise<void> {
  const moved = await tx
    .update(intakeSheets)
    .set({ ...changes, version: version + 1 })
    .where(and(eq(intakeSheets.id, id), eq(intakeSheets.version, version)))
    .returning({ id: intakeSheets.id });
  if (moved.length === 0) throw conflict("intakeSheet");
}

/** Of two that do the same at once, the second waits here until the first is done and then sees what it did. */
export async function oneAtATime(tx: Transaction, what: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`intake ${what}`}, 0))`);
}

/** Asks the kind about all rows at once; what is wrong in a cell whatever the register is added. */
export async function judgeRows<Data>(
  tx: Transaction,
  ctx: Ctx,
  kind: IntakeKind<Data>,
  rows: readonly TableRow[],
): Promise<JudgedRow<Data>[]> {
  const checked = rows.map((row) => checkCells(kind.columns, row));
  const judged = await kind.judge(
    tx,
    ctx,
    checked.map(({ row }) => row),
  );
  if (judged.length !== rows.length) throw new Error(`${kind.key} judged ${judged.length} of ${rows.length} rows`);
  return checked.map(({ row, problems }, index) => {
    const answer = judged[index];
    if (answer?.rowNumber !== row.rowNumber) throw new Error(`${kind.key} judged rows out of their order`);
    if ((answer.outcome === "problem") !== answer.problems.length > 0)
      throw new Error(`${kind.key} judged row ${row.rowNumber} against its problems`);
    return withCellProblems(answer, problems);
  });
}

const ROWS_AT_ONCE = 1_000;
const LONGEST_LABEL = 200;

/** Stores the rows of a sheet with their judgement, in the place of those that were there. */
export async function storeRows(
  tx: Transaction,
  { id: sheetId, regionId }: Pick<IntakeSheet, "id" | "regionId">,
  rows: readonly TableRow[],
  judged: readonly JudgedRow[],
): Promise<void> {
  await tx.delete(intakeRows).where(eq(intakeRows.sheetId, sheetId));
  const values = rows.flatMap((row, index) => {
    const answer = judged[index];
    if (!answer) return [];
    const { rowNumber, outcome, changes, problems } = answer;
    const label = (answer.label || firstText(row)).slice(0, LONGEST_LABEL);
    return [
      {
        sheetId,
        regionId,
        rowNumber,
        values: row.values,
        outcome,
        label,
        changes: [...changes],
        problems: [...problems],
      },
    ];
  });
  for (let from = 0; from < values.length; from += ROWS_AT_ONCE)
    await tx.insert(intakeRows).values(values.slice(from, from + ROWS_AT_ONCE));
}

const firstText = ({ values }: TableRow): string => Object.values(values).find((text) => text !== "") ?? "";

/** The rows of a sheet as they were read and judged, in their order. */
export const storedRows = (tx: Transaction, sheetId: string): Promise<StoredRow[]> =>
  tx.select().from(intakeRows).where(eq(intakeRows.sheetId, sheetId)).orderBy(asc(intakeRows.rowNumber));
