import { and, asc, eq, ne, sql } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { payments, paymentSheetRows } from "@db/schema";
import { accept, conflict, refuse, type Result } from "~/kernel/result";
import { usersWithRole } from "~/modules/identity/index.server";
import { notify } from "~/modules/inbox/index.server";
import { loadFigures } from "~/platform/figures.server";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, recordAll, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { entryFact } from "../entry.lifecycle";
import { loadMatchFacts } from "./match-facts.server";
import { matchRows } from "./match-rows.rules";
import type { MatchFacts, RowOutcome } from "./match.types";
import {
  governedSheet,
  lockSheet,
  moveSheet,
  nextState,
  type PaymentSheet,
  type SheetRef,
} from "./payment-sheets.server";
import type { SheetRow } from "./read-rows.server";
import type { SheetRefusal } from "./sheet.refusals.server";
import { outcomeColumns } from "./upload-payment-sheet.server";

/** What applying a sheet did; `moved` rows no longer matched what the preview showed and were left. */
export interface Applied {
  readonly confirmed: number;
  readonly entered: number;
  readonly moved: number;
}

type StoredRow = typeof paymentSheetRows.$inferSelect;
type Matched = RowOutcome & { readonly row: SheetRow };

/**
 * Applies a payment sheet in one transaction: payments that its rows agree with are confirmed, rows without an entry become
 * entries that a second person of finance confirms. What matched is matched again under the locks of its projects: only
 * what the preview showed and still holds is done; the rest stays with its reason.
 * Refuses with notInThisState, nothingToApply.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 * @source domain.md §1, §5
 */
export async function applyPaymentSheet(ctx: Ctx, ref: SheetRef): Promise<Result<Applied, SheetRefusal>> {
  return inTransaction<Applied, SheetRefusal>(ctx, async (tx) => {
    const sheet = await lockSheet(tx, ctx, ref);
    authorize(ctx.actor, "payment:import", governedSheet(sheet, ctx));
    const state = nextState(sheet.state, "apply");
    if (!state) return refuse({ code: "notInThisState" });
    const { still, moved, facts } = await matchAgain(tx, ctx, sheet);
    if (still.length === 0 && moved === 0) return refuse({ code: "nothingToApply" });
    const confirmed = await confirmPayments(tx, ctx, sheet, still, facts);
    const entered = await enterPayments(tx, ctx, sheet, still);
    // When nothing holds any more the sheet stays open, with the new reasons, for the person to decide.
    const applied = still.length > 0;
    await moveSheet(tx, sheet, applied ? { state, appliedBy: ctx.actor.userId, appliedAt: ctx.now } : {});
    const done = { confirmed, entered, moved };
    await record(tx, ctx, {
      action: "payment:import",
      event: applied ? "paymentSheetApplied" : "paymentSheetRematched",
      object: { type: "paymentSheet", id: sheet.id, regionId: sheet.regionId },
      before: sheet,
      after: { state: applied ? state : sheet.state, ...done },
      payload: { fileName: sheet.fileName, ...done },
    });
    if (entered > 0) await askSecondPerson(tx, ctx, sheet, entered);
    return accept(done);
  });
}

/** The rows that the preview matched, matched again now; those that no longer do are stored with their reason. */
async function matchAgain(tx: Transaction, ctx: Ctx, { id }: PaymentSheet) {
  const stored = await tx
    .select()
    .from(paymentSheetRows)
    .where(and(eq(paymentSheetRows.sheetId, id), ne(paymentSheetRows.match, "unmatched")))
    .orderBy(asc(paymentSheetRows.rowNumber));
  const rows = stored.map(({ cells }) => cells as SheetRow);
  const projectIds = [...new Set(stored.flatMap(({ projectId }) => projectId ?? []))];
  const facts = await loadMatchFacts(tx, ctx, rows, projectIds);
  const figures = await loadFigures(tx, ctx.today);
  const outcomes = matchRows(rows, facts, {
    today: ctx.today,
    dayTolerance: figures.number("execution.sheetMatchDays"),
  });
  const paired = outcomes.flatMap((outcome, index) => {
    const [before, row] = [stored[index], rows[index]];
    return before && row ? [{ ...outcome, row, same: isSame(before, outcome) }] : [];
  });
  const changed = paired.filter(({ same }) => !same);
  for (const outcome of changed) {
    // What came up instead was never shown to anybody: it is not done either.
    const problem = outcome.match === "unmatched" ? outcome.problem : { code: "twoCandidates", facts: { count: 2 } };
    await tx
      .update(paymentSheetRows)
      .set({ ...outcomeColumns(outcome), match: "unmatched", problem, paymentId: null })
      .where(and(eq(paymentSheetRows.sheetId, id), eq(paymentSheetRows.rowNumber, outcome.rowNumber)));
  }
  return { still: paired.filter(({ same }) => same), moved: changed.length, facts };
}

const isSame = (before: StoredRow, now: RowOutcome): boolean =>
  before.match === now.match &&
  before.contractId === now.contractId &&
  before.paymentId === (now.match === "confirms" ? now.paymentId : null);

/** One statement for all; the voucher of the treasury replaces a number that the unit had put down in its place. */
async function confirmPayments(
  tx: Transaction,
  ctx: Ctx,
  { id, regionId }: PaymentSheet,
  matched: readonly Matched[],
  facts: MatchFacts,
): Promise<number> {
  const confirming = matched.flatMap(({ row, ...outcome }) =>
    outcome.match === "confirms" ? [{ ...outcome, voucher: row.voucher }] : [],
  );
  if (confirming.length === 0) return 0;
  const given = JSON.stringify(confirming.map(({ paymentId, voucher }) => ({ id: paymentId, voucher })));
  const written = await tx.execute<{ id: string }>(sql`
    update ${payments} p set state = 'confirmed', confirmed_by = ${ctx.actor.userId}, confirmed_at = ${ctx.now.toISOString()}::timestamptz,
      sheet_id = ${id}::uuid, version = p.version + 1, state_reason = null,
      voucher = case when r.voucher = '' then p.voucher else r.voucher end
    from jsonb_to_recordset(${given}::text::jsonb) as r (id uuid, voucher text)
    where p.id = r.id and p.state = 'entered'
    returning p.id`);
  if (written.length !== confirming.length) throw conflict("payment");
  const before = new Map(facts.payments.map((payment) => [payment.id, payment]));
  const names = namesOf(facts);
  await recordAll(
    tx,
    ctx,
    confirming.map(({ paymentId, projectId, contractId }) => ({
      action: "payment:import" as const,
      event: entryFact("payment", "confirm"),
      object: { type: "payment", id: paymentId, regionId },
      before: before.get(paymentId),
      after: { state: "confirmed", sheetId: id },
      payload: {
        projectId,
        projectName: names.get(projectId ?? "") ?? "",
        amountFen: before.get(paymentId)?.amountFen ?? 0,
        contractId,
        sheetId: id,
      },
    })),
  );
  return confirming.length;
}

const namesOf = ({ projects }: MatchFacts): ReadonlyMap<string, string> =>
  new Map(projects.map(({ id, name }) => [id, name]));

async function enterPayments(
  tx: Transaction,
  ctx: Ctx,
  { id: sheetId, regionId }: PaymentSheet,
  matched: readonly Matched[],
): Promise<number> {
  const entering = matched.flatMap(({ row, ...outcome }) => {
    if (outcome.match !== "enters" || row.amountFen === null || row.paidOn === null) return [];
    return [
      {
        id: newId(),
        projectId: outcome.projectId,
        contractId: outcome.contractId,
        regionId,
        amountFen: row.amountFen,
        paidOn: row.paidOn,
        voucher: row.voucher,
        state: "entered" as const,
        enteredBy: ctx.actor.userId,
        enteredAt: ctx.now,
        sheetId,
        rowNumber: row.rowNumber,
      },
    ];
  });
  if (entering.length === 0) return 0;
  const rows = entering.map(({ rowNumber: _row, ...payment }) => payment);
  const written = await tx.insert(payments).values(rows).onConflictDoNothing().returning({ id: payments.id });
  // A voucher that somebody entered in this very moment: matched anew, the sheet says so.
  if (written.length !== rows.length) throw conflict("payment");
  const given = JSON.stringify(entering.map(({ id, rowNumber }) => ({ id, n: rowNumber })));
  await tx.execute(sql`
    update ${paymentSheetRows} s set payment_id = r.id from jsonb_to_recordset(${given}::text::jsonb) as r (id uuid, n int)
    where s.sheet_id = ${sheetId}::uuid and s.row_number = r.n`);
  await recordAll(
    tx,
    ctx,
    rows.map((payment) => ({
      action: "payment:import" as const,
      event: entryFact("payment", "enter"),
      object: { type: "payment", id: payment.id, regionId },
      after: payment,
      payload: { projectId: payment.projectId, amountFen: payment.amountFen, contractId: payment.contractId, sheetId },
    })),
  );
  return rows.length;
}

async function askSecondPerson(tx: Transaction, ctx: Ctx, { regionId, fileName }: PaymentSheet, entered: number) {
  const finance = await usersWithRole(tx, { role: "financeReviewer", regionId });
  await notify(tx, ctx, {
    userIds: finance.map(({ id }) => id).filter((id) => id !== ctx.actor.userId),
    title: `请复核补录的 ${entered} 笔支付：${fileName}`,
    href: "/funding/execution#waiting",
  });
}
