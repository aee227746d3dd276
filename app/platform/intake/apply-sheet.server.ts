import type { Transaction } from "@db/client";
import { accept, refuse, type Result } from "~/kernel/result";

import { inTransaction, record, type Ctx } from "../transaction.server";
import {
  authorizeIntake,
  judgeRows,
  lockIntakeSheet,
  moveIntakeSheet,
  oneAtATime,
  storedRows,
  storeRows,
  type IntakeSheet,
  type IntakeSheetRef,
} from "./intake-sheets.server";
import type { IntakeRefusal } from "./intake.refusals";
import type { IntakeKind, JudgedRow } from "./intake.types";
import { countOutcomes, isAsPreviewed, isWritten } from "./row-judgement";

/** All rows, of which none may have a problem; or only those without one. */
export type ApplyMode = "all" | "good";

type Done = { readonly applied: number } | { readonly differing: number };

/**
 * Writes what the preview of a sheet showed, in one transaction and once. All rows are judged again in it: where one would
 * now do anything else than what was seen, nothing is written, and the new judgement is stored to be looked at.
 * Refuses with notInThisState, problemsLeft, nothingToApply, changedSincePreview.
 * @returns how many rows were written
 * @throws DomainError notFound, forbidden; conflict when another step came first
 */
export async function applySheet(
  ctx: Ctx,
  kind: IntakeKind,
  ref: IntakeSheetRef,
  mode: ApplyMode,
): Promise<Result<{ applied: number }, IntakeRefusal>> {
  const done = await inTransaction<Done, IntakeRefusal>(ctx, async (tx) => {
    const sheet = await lockIntakeSheet(tx, ctx, kind, ref);
    authorizeIntake(ctx, kind);
    if (sheet.state !== "read") return refuse({ code: "notInThisState" });
    await oneAtATime(tx, `${kind.key} ${sheet.regionId}`);
    const { judged, differing } = await judgeAgain(tx, ctx, kind, sheet);
    if (differing > 0) return accept({ differing });
    const { problem } = countOutcomes(judged);
    if (mode === "all" && problem > 0) return refuse({ code: "problemsLeft", facts: { rows: problem } });
    const written = judged.filter(isWritten);
    if (written.length === 0) return refuse({ code: "nothingToApply" });
    await kind.apply(tx, ctx, written);
    await close(tx, ctx, kind, sheet, written, mode);
    return accept({ applied: written.length });
  });
  // The new judgement is kept, so the transaction ends well; to the person it is a refusal.
  if (done.ok && "differing" in done.value)
    return refuse({ code: "changedSincePreview", facts: { rows: done.value.differing } });
  return done as Result<{ applied: number }, IntakeRefusal>;
}

async function judgeAgain(tx: Transaction, ctx: Ctx, kind: IntakeKind, sheet: IntakeSheet) {
  const stored = await storedRows(tx, sheet.id);
  const judged = await judgeRows(tx, ctx, kind, stored);
  const differing = stored.filter((row, index) => {
    const now = judged[index];
    return !now || !isAsPreviewed(row, now);
  }).length;
  if (differing > 0) {
    await storeRows(tx, sheet, stored, judged);
    await moveIntakeSheet(tx, sheet, {});
    await record(tx, ctx, {
      action: kind.action,
      event: "intakeSheetRejudged",
      object: { type: "intakeSheet", id: sheet.id, regionId: sheet.regionId },
      before: countOutcomes(stored),
      after: countOutcomes(judged),
      payload: { kind: kind.key, title: kind.title, fileName: sheet.fileName, differing, ...countOutcomes(judged) },
    });
  }
  return { judged, differing };
}

async function close(
  tx: Transaction,
  ctx: Ctx,
  kind: IntakeKind,
  sheet: IntakeSheet,
  written: readonly JudgedRow[],
  mode: ApplyMode,
): Promise<void> {
  const { add, change } = countOutcomes(written);
  const changes = { state: "applied" as const, appliedRows: written.length, appliedAt: ctx.now };
  await moveIntakeSheet(tx, sheet, changes);
  await record(tx, ctx, {
    action: kind.action,
    event: "intakeSheetApplied",
    object: { type: "intakeSheet", id: sheet.id, regionId: sheet.regionId },
    before: sheet,
    after: { ...sheet, ...changes },
    payload: {
      kind: kind.key,
      title: kind.title,
      fileName: sheet.fileName,
      mode,
      add,
      change,
      left: sheet.totalRows - written.length,
    },
  });
}
