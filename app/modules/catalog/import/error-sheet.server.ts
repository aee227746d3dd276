import { and, asc, eq, gt } from "drizzle-orm";

import type { Database } from "@db/client";
import { importRows } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { notFound } from "~/kernel/result";
import type { Remark } from "~/platform/xlsx/sheet-to-write";
import { writeWorkbook } from "~/platform/xlsx/write-workbook.server";

import type { BatchMapping } from "./import-batch";
import { titleOfField } from "./import-columns.server";
import { placeOf, readBatch } from "./import.queries.server";
import { PROBLEM_TITLE } from "./propose-mapping.server";

const ROWS_AT_ONCE = 5_000;

/**
 * The bad rows of a batch as they were uploaded, beside each in red what is wrong, and a remark at each cell it is about.
 * It can be corrected and uploaded as it is: the headers are the same, the column of problems is no part of the table.
 * @throws DomainError notFound when the batch is another person's, or has no bad rows
 */
export async function errorSheet(
  db: Database,
  actor: Actor,
  batchId: string,
): Promise<{ bytes: Uint8Array; name: string; mediaType: string }> {
  const batch = await readBatch(db, actor, batchId);
  if (!batch.mapping || batch.badRows === 0) throw notFound("import");
  const { columns } = batch.mapping.chosen;
  const titles = columnTitles(batch.mapping);
  const rows: (string | null)[][] = [];
  const remarks: Remark[] = [];
  for (let last = -1; ;) {
    const page = await db
      .select({ rowNumber: importRows.rowNumber, cells: importRows.cells, problems: importRows.problems })
      .from(importRows)
      .where(and(eq(importRows.batchId, batchId), eq(importRows.good, false), gt(importRows.rowNumber, last)))
      .orderBy(asc(importRows.rowNumber))
      .limit(ROWS_AT_ONCE);
    for (const { cells, problems } of page) {
      for (const { column, message } of problems) {
        const at = titles.findIndex((title) => title.column === columns[column]);
        if (at >= 0) remarks.push({ row: rows.length, column: at, text: message });
      }
      const said = problems.map((problem) => `${placeOf(problem, columns)}：${problem.message}`).join("\n");
      rows.push([...titles.map(({ column }) => cells[column] ?? null), said]);
    }
    last = page.at(-1)?.rowNumber ?? last;
    if (page.length < ROWS_AT_ONCE) break;
  }
  const sheet = {
    name: "待改正",
    columns: [
      ...titles.map(({ title }) => ({ title, kind: "text" as const })),
      { title: PROBLEM_TITLE, kind: "text" as const, width: 60, bad: true },
    ],
    rows,
    remarks,
  };
  const bytes = await writeWorkbook({ sheets: [sheet], properties: { title: "导入错误清单", author: "明镜" } });
  const stem = batch.fileName.replace(/\.[^.]*$/, "");
  return {
    bytes,
    name: `${stem}-待改正.xlsx`,
    mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  };
}

/** The uploaded headers; where the file had none, the mapped columns get the titles that the import knows. */
function columnTitles({ headers, chosen }: BatchMapping): { column: number; title: string }[] {
  const fieldAt = new Map(Object.entries(chosen.columns).map(([field, column]) => [column, field]));
  return headers
    .filter(({ text }) => text !== PROBLEM_TITLE)
    .map(({ column, text }) => {
      const field = fieldAt.get(column);
      return { column, title: chosen.header === null && field !== undefined ? titleOfField(field) : text };
    });
}
