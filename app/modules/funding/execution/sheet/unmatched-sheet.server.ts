import { and, asc, eq } from "drizzle-orm";

import { paymentSheetRows, paymentSheets } from "@db/schema";
import { notFound } from "~/kernel/result";
import { readFile } from "~/platform/files.server";
import type { Ctx } from "~/platform/transaction.server";
import { readWorkbook } from "~/platform/xlsx/read-workbook.server";
import type { Cell } from "~/platform/xlsx/workbook";
import { writeWorkbook } from "~/platform/xlsx/write-workbook.server";

import type { RowProblem } from "./match.types";
import { readPaymentSheet } from "./read-rows.server";
import { sayRowProblem } from "./row-problem.words";
import { PROBLEM_TITLE } from "./sheet.columns";

/**
 * The rows of a payment sheet that matched nothing, as they were uploaded and under the same headers, beside each in red
 * why. It can be corrected and uploaded as it is: the column of reasons is no part of the table.
 * @throws DomainError notFound when the sheet is of another region or has no such rows
 */
export async function unmatchedSheet(
  { db, actor }: Pick<Ctx, "db" | "actor">,
  sheetId: string,
): Promise<{ bytes: Uint8Array; name: string; mediaType: string }> {
  const [sheet] = await db.select().from(paymentSheets).where(eq(paymentSheets.id, sheetId));
  if (!sheet || !actor.regionIds.includes(sheet.regionId)) throw notFound("paymentSheet");
  const left = await db
    .select({ rowNumber: paymentSheetRows.rowNumber, problem: paymentSheetRows.problem })
    .from(paymentSheetRows)
    .where(and(eq(paymentSheetRows.sheetId, sheetId), eq(paymentSheetRows.match, "unmatched")))
    .orderBy(asc(paymentSheetRows.rowNumber));
  const stored = await readFile(db, sheet.fileId);
  const workbook = stored && (await readWorkbook(stored.bytes, sheet.fileName));
  const read = workbook?.ok ? readPaymentSheet(workbook.value.sheets) : undefined;
  if (left.length === 0 || !read?.ok) throw notFound("paymentSheet");

  const { layout, sheet: grid, unit } = read.value;
  // The unit of the amounts may stand in a line above the header, which this list does not have: the header says it here.
  const headers = layout.headers
    .filter(({ text }) => text !== PROBLEM_TITLE)
    .map(({ column, leaf: text }) => {
      const saysUnit = column !== layout.columns.amount || text.includes("元");
      return { column, text: saysUnit ? text : `${text}（${unit === "wan" ? "万元" : "元"}）` };
    });
  const rows = left.map(({ rowNumber, problem }) => {
    const cells = grid.rows[rowNumber - 1] ?? [];
    return [
      ...headers.map(({ column }) => asStored(cells[column], column === layout.columns.amount)),
      problem ? sayRowProblem(problem as RowProblem) : "",
    ];
  });
  const bytes = await writeWorkbook({
    sheets: [
      {
        name: "未匹配",
        columns: [
          ...headers.map(({ text }) => ({ title: text, kind: "text" as const })),
          { title: PROBLEM_TITLE, kind: "text", width: 60, bad: true },
        ],
        rows,
      },
    ],
    properties: { title: "支付明细未匹配清单", author: "明镜" },
  });
  return {
    bytes,
    name: `${sheet.fileName.replace(/\.[^.]*$/, "")}-未匹配.xlsx`,
    mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  };
}

/** As shown; of an amount the number that is stored, which a format may have shown rounded. */
const asStored = (cell: Cell | undefined, isAmount: boolean): string | number | null =>
  isAmount && cell?.number !== undefined ? cell.number : (cell?.text ?? null);
