import { accept, refuse, type Result } from "~/kernel/result";

import { inTransaction, record, type Ctx } from "../transaction.server";
import { authorizeIntake, lockIntakeSheet, moveIntakeSheet, type IntakeSheetRef } from "./intake-sheets.server";
import type { IntakeRefusal } from "./intake.refusals";
import type { IntakeKind } from "./intake.types";

/**
 * Gives up a sheet that was not applied; it stays with its rows, and the same file may be uploaded again.
 * Refuses with notInThisState.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 */
export async function discardSheet(
  ctx: Ctx,
  kind: IntakeKind,
  ref: IntakeSheetRef,
): Promise<Result<null, IntakeRefusal>> {
  return inTransaction<null, IntakeRefusal>(ctx, async (tx) => {
    const sheet = await lockIntakeSheet(tx, ctx, kind, ref);
    authorizeIntake(ctx, kind);
    if (sheet.state !== "read") return refuse({ code: "notInThisState" });
    await moveIntakeSheet(tx, sheet, { state: "discarded" });
    await record(tx, ctx, {
      action: kind.action,
      event: "intakeSheetDiscarded",
      object: { type: "intakeSheet", id: sheet.id, regionId: sheet.regionId },
      before: sheet,
      after: { ...sheet, state: "discarded" },
      payload: { kind: kind.key, title: kind.title, fileName: sheet.fileName },
    });
    return accept(null);
  });
}
