import { eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import {
  arrivals,
  contractChanges,
  contracts,
  domainEvents,
  files,
  payments,
  paymentSheetRows,
  paymentSheets,
} from "@db/schema";
import { fen, formatYuan, type Fen } from "~/kernel/fen";
import { localDate, type LocalDate } from "~/kernel/local-date";
import { saveFile } from "~/platform/files.server";

import { storeSampleOf } from "./attachments";
import { officeHours, type City } from "./city";
import { demoId } from "./demo-id";
import { eventRow } from "./events";
import {
  mainOf,
  movingProjects,
  tenThousand,
  waitingMoney,
  type ContractRow,
  type ExecutionRows,
  type PaymentRow,
  type Spending,
} from "./execution";
import { insertAll } from "./insert";

/** What was contracted, arrived and was paid, what waits or was returned, and the treasury's sheets. */
export async function writeMoney(tx: Transaction, city: City, built: readonly Spending[]): Promise<void> {
  const waiting = waitingMoney(city, built);
  const { sheets, events } = await paymentSheetsOf(tx, city, built, waiting);
  await insertAll(tx, contracts, [...built.flatMap(({ money }) => money.contracts), ...waiting.contracts]);
  const papers = await changePapers(tx, city, waiting.changes);
  await insertAll(
    tx,
    files,
    papers.map(({ file }) => file),
  );
  await insertAll(
    tx,
    contractChanges,
    papers.map(({ change }) => change),
  );
  await insertAll(tx, arrivals, [...built.flatMap(({ money }) => money.arrivals), ...waiting.arrivals]);
  await insertAll(
    tx,
    files,
    sheets.map(({ file }) => file),
  );
  await insertAll(
    tx,
    paymentSheets,
    sheets.map(({ sheet }) => sheet),
  );
  await insertAll(tx, payments, [...built.flatMap(({ money }) => money.payments), ...waiting.payments]);
  await insertAll(
    tx,
    paymentSheetRows,
    sheets.flatMap(({ rows }) => rows),
  );
  await insertAll(tx, domainEvents, [...waiting.events, ...events]);
}

/** Each change of a contract with its supplementary agreement. */
async function changePapers(tx: Transaction, city: City, changes: ExecutionRows["changes"]) {
  const sample = await storeSampleOf(tx, city, "合同补充协议");
  return changes.map((change) => {
    const uploadedAt = change.enteredAt;
    const file = {
      ...sample,
      id: demoId("file", `change ${change.id}`, uploadedAt),
      name: "合同补充协议.pdf",
      uploadedBy: change.enteredBy,
      uploadedAt,
    };
    return { file, change: { ...change, fileId: file.id } };
  });
}

interface SheetLine {
  readonly voucher: string;
  readonly contractNumber: string;
  readonly payee: string;
  readonly amountFen: Fen;
  readonly paidOn: LocalDate;
  readonly outcome:
    | { readonly match: "confirms"; readonly payment: PaymentRow }
    | { readonly match: "enters"; readonly contract: ContractRow }
    | { readonly match: "unmatched"; readonly problem: { code: string; facts?: Record<string, string | number> } };
}

const HEADER = "支付日期,支付凭证号,支付金额（元）,合同编号,收款人";
/** Rows of a sheet begin below its title and its header. */
const FIRST_ROW = 3;

/** The treasury's sheets: one of June that was applied, one of July that waits with rows that match nothing. */
async function paymentSheetsOf(tx: Transaction, city: City, built: readonly Spending[], waiting: ExecutionRows) {
  const bought = new Map(
    [...built.flatMap(({ money }) => money.contracts), ...waiting.contracts].map((c) => [c.id, c]),
  );
  const line = (payment: PaymentRow, outcome: SheetLine["outcome"], more: Partial<SheetLine> = {}): SheetLine => {
    const contract = bought.get(payment.contractId ?? "");
    return {
      voucher: payment.voucher,
      contractNumber: contract?.number ?? "",
      payee: contract?.supplier ?? "",
      amountFen: fen(payment.amountFen),
      paidOn: payment.paidOn,
      outcome,
      ...more,
    };
  };
  const unmatched = (code: string, facts?: Record<string, string | number>) =>
    ({ match: "unmatched", problem: facts ? { code, facts } : { code } }) as const;

  const june = built
    .flatMap(({ money }) => money.payments)
    .filter(({ state, paidOn }) => state === "confirmed" && paidOn >= "2026-05-15" && paidOn <= "2026-06-30")
    .slice(0, 12);
  const applied = june.map((payment) => line(payment, { match: "confirms", payment }));
  const [open1, open2, open3] = waiting.payments.filter(({ state }) => state === "entered");
  const target = movingProjects(built).map(({ money }) => mainOf(money))[3];
  const [earlier] = june;
  const july: SheetLine[] = [
    ...[open1, open2].flatMap((payment) => (payment ? [line(payment, { match: "confirms", payment })] : [])),
    ...(open3
      ? [
          line(open3, unmatched("amountDiffers", { enteredFen: open3.amountFen, differenceFen: 120_000 }), {
            amountFen: fen(open3.amountFen + 120_000),
          }),
        ]
      : []),
    ...(earlier ? [line(earlier, unmatched("voucherConfirmed"))] : []),
    ...(open1
      ? [
          line(open1, unmatched("contractUnknown", { number: "HT-2026-0199" }), {
            voucher: "ZF202607-00871",
            contractNumber: "HT-2026-0199",
            payee: "江门市侨城信息技术有限公司",
          }),
        ]
      : []),
    ...(target
      ? [
          {
            voucher: "ZF202607-00874",
            contractNumber: target.number,
            payee: target.supplier,
            amountFen: tenThousand(target.amountFen * 0.02),
            paidOn: localDate("2026-07-14"),
            outcome: { match: "enters", contract: target } as const,
          },
        ]
      : []),
  ];
  const finance = city.person("finance");
  const sheetJune = await storeSheet(tx, city, "国库支付明细2026年6月.csv", localDate("2026-07-02"), applied, true);
  const sheetJuly = await storeSheet(tx, city, "国库支付明细2026年7月上旬.csv", localDate("2026-07-17"), july, false);
  for (const payment of june) Object.assign(payment, { sheetId: sheetJune.sheet.id });
  const events = [
    eventRow(finance, {
      type: "paymentSheetApplied",
      subject: { type: "paymentSheet", id: sheetJune.sheet.id },
      at: sheetJune.sheet.uploadedAt,
      payload: { fileName: sheetJune.sheet.fileName, confirmed: june.length, entered: 0, moved: 0 },
    }),
  ];
  return { sheets: [sheetJune, sheetJuly], events };
}

/** A sheet as its upload would have left it: file, rows as read, what each was matched with. */
async function storeSheet(
  tx: Transaction,
  city: City,
  fileName: string,
  day: LocalDate,
  lines: readonly SheetLine[],
  applied: boolean,
) {
  const { regionId } = city;
  const finance = city.person("finance");
  const uploadedAt = officeHours(day, fileName, "sheet");
  const body = lines.map(
    ({ paidOn, voucher, amountFen, contractNumber, payee }) =>
      `${paidOn},${voucher},${formatYuan(amountFen).replaceAll(",", "")},${contractNumber},${payee}`,
  );
  const text = ["江城市财政国库集中支付明细表", HEADER, ...body, ""].join("\n");
  const actor = {
    userId: finance.id,
    username: finance.username,
    name: finance.name,
    roles: [finance.role],
    unitId: finance.unit.id,
    unitName: finance.unit.name,
    regionId,
    regionIds: [regionId],
  };
  const upload = { name: fileName, mediaType: "text/csv", bytes: new TextEncoder().encode(text) };
  const stored = await saveFile(tx, { actor, now: uploadedAt }, upload, { regionId, unitId: finance.unit.id });
  // The same city has the same ids each time it is made.
  const file: typeof files.$inferInsert = { ...stored, id: demoId("file", fileName, uploadedAt) };
  await tx.delete(files).where(eq(files.id, stored.id));
  const sheet: typeof paymentSheets.$inferInsert = {
    id: demoId("paymentSheet", fileName, uploadedAt),
    regionId,
    fileId: file.id,
    fileName,
    state: applied ? "applied" : "read",
    totalRows: lines.length,
    uploadedBy: finance.id,
    uploadedAt,
    ...(applied && { appliedBy: finance.id, appliedAt: uploadedAt, version: 2 }),
  };
  const rows = lines.map((each, index): typeof paymentSheetRows.$inferInsert => {
    const { outcome, voucher, contractNumber, payee, amountFen, paidOn } = each;
    const on =
      outcome.match === "confirms" ? outcome.payment : outcome.match === "enters" ? outcome.contract : undefined;
    return {
      sheetId: sheet.id,
      rowNumber: FIRST_ROW + index,
      regionId,
      cells: {
        rowNumber: FIRST_ROW + index,
        voucher,
        contractNumber,
        projectCode: "",
        projectName: "",
        unitName: "",
        payee,
        purpose: "",
        amountText: formatYuan(amountFen),
        amountFen,
        paidText: paidOn,
        paidOn,
      },
      match: outcome.match,
      problem: outcome.match === "unmatched" ? outcome.problem : null,
      projectId: on?.projectId ?? null,
      contractId:
        outcome.match === "confirms"
          ? (outcome.payment.contractId ?? null)
          : outcome.match === "enters"
            ? outcome.contract.id
            : null,
      paymentId: outcome.match === "confirms" ? outcome.payment.id : null,
    };
  });
  return { file, sheet, rows };
}
