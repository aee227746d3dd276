import { and, asc, eq } from "drizzle-orm";

import type { Database } from "@db/client";
import { intakeRows, intakeSheets } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { LocalDate } from "~/kernel/local-date";
import { notFound } from "~/kernel/result";

import { XLSX_MEDIA_TYPE } from "../xlsx/media-types";
import type { Remark, SheetToWrite } from "../xlsx/sheet-to-write";
import { writeWorkbook } from "../xlsx/write-workbook.server";
import type { IntakeColumn, IntakeKind } from "./intake.types";
import { PROBLEM_TITLE } from "./read-table";

type Titled = Pick<IntakeKind, "title" | "columns">;

/** A file that was made, as a page sends it. */
export interface MadeSheet {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

const AUTHOR = "明镜";
const LISTS = "可选内容";
/** Rows that get the drop-downs: more than a person types in by hand. */
const ROWS_WITH_LISTS = 2_000;
/** How the reader knows the row that shows how to fill in. */
const EXAMPLE_MARK = "（示例）";

const xlsx = async (
  name: string,
  title: string,
  author: string,
  sheets: readonly SheetToWrite[],
): Promise<MadeSheet> => ({
  name,
  mediaType: XLSX_MEDIA_TYPE,
  bytes: await writeWorkbook({ sheets, properties: { title, author } }),
});

const columnOf = ({ title, required, width, kind = "text" }: IntakeColumn) => ({
  title: required === true ? `${title}*` : title,
  kind,
  ...(width === undefined ? {} : { width }),
});

/** The drop-downs of columns with choices, and the hidden sheet that they take their values from. */
function listsOf(columns: readonly IntakeColumn[]): { dropDowns: SheetToWrite["dropDowns"]; lists: SheetToWrite[] } {
  const offered = columns.flatMap(({ title, choices = [] }, column) =>
    choices.length > 0 ? [{ title, choices, column }] : [],
  );
  if (offered.length === 0) return { dropDowns: [], lists: [] };
  const longest = Math.max(...offered.map(({ choices }) => choices.length));
  return {
    dropDowns: offered.map(({ column, choices }, index) => ({
      column,
      rows: ROWS_WITH_LISTS,
      from: { sheet: LISTS, column: index, values: choices.length },
    })),
    lists: [
      {
        name: LISTS,
        hidden: true,
        columns: offered.map(({ title }) => ({ title, kind: "text" })),
        rows: Array.from({ length: longest }, (_, row) => offered.map(({ choices }) => choices[row] ?? null)),
      },
    ],
  };
}

/** The sheet to fill in: headers, an example row that the reader leaves out, drop-downs, and how each column is filled in. */
export async function templateOf({ title, columns }: Titled): Promise<MadeSheet> {
  const first = columns.findIndex(({ example = "" }) => example !== "");
  const example = columns.map((column, index) =>
    index === first ? `${EXAMPLE_MARK}${column.example ?? ""}` : (column.example ?? null),
  );
  const { dropDowns = [], lists } = listsOf(columns);
  return xlsx(`${title}导入模板.xlsx`, `${title}导入模板`, AUTHOR, [
    { name: title, columns: columns.map(columnOf), rows: first < 0 ? [] : [example], dropDowns },
    {
      name: "填写说明",
      columns: [
        { title: "填写的列", kind: "text" },
        { title: "是否必填", kind: "text" },
        { title: "怎样填写", kind: "text", width: 90 },
      ],
      rows: columns.map((column) => [column.title, column.required === true ? "必填" : "选填", fillingIn(column)]),
      note: `以“${EXAMPLE_MARK}”开头的行不会导入；列的顺序可以调整，带 * 的列必填`,
    },
    ...lists,
  ]);
}

const fillingIn = ({ hint = "", choices = [] }: IntakeColumn): string =>
  [hint, choices.length > 0 ? `从下拉列表中选择：${choices.join("、")}` : ""].filter(Boolean).join("；");

/**
 * The rows of a sheet that have a problem, as they were read, beside each in red what is wrong and a remark at each cell it
 * is about. It can be corrected and uploaded as it is: the column of problems is no part of the table.
 * @throws DomainError notFound when the sheet is another person's or of another kind, or has no such rows
 */
export async function errorSheet(
  db: Database,
  actor: Actor,
  { key, title, columns }: Pick<IntakeKind, "key" | "title" | "columns">,
  sheetId: string,
): Promise<MadeSheet> {
  const bad = await db
    .select({ values: intakeRows.values, problems: intakeRows.problems, fileName: intakeSheets.fileName })
    .from(intakeRows)
    .innerJoin(intakeSheets, eq(intakeSheets.id, intakeRows.sheetId))
    .where(
      and(
        eq(intakeSheets.id, sheetId),
        eq(intakeSheets.kind, key),
        eq(intakeSheets.uploadedBy, actor.userId),
        eq(intakeRows.outcome, "problem"),
      ),
    )
    .orderBy(asc(intakeRows.rowNumber));
  const [one] = bad;
  if (!one) throw notFound("intakeSheet");
  const remarks: Remark[] = bad.flatMap(({ problems }, row) =>
    problems.flatMap(({ column: about, message }) => {
      const column = columns.findIndex((each) => each.key === about);
      return column < 0 ? [] : [{ row, column, text: message }];
    }),
  );
  const { dropDowns = [], lists } = listsOf(columns);
  return xlsx(`${one.fileName.replace(/\.[^.]*$/, "")}-待改正.xlsx`, `${title}待改正的行`, AUTHOR, [
    {
      name: "待改正",
      columns: [...columns.map(columnOf), { title: PROBLEM_TITLE, kind: "text", width: 60, bad: true }],
      rows: bad.map(({ values, problems }) => [
        ...columns.map((column) => values[column.key] ?? null),
        problems.map((problem) => sayPlace(columns, problem)).join("\n"),
      ]),
      remarks,
      dropDowns,
    },
    ...lists,
  ]);
}

/** What is wrong, after the title of the column it is about. */
export function sayPlace(
  columns: readonly IntakeColumn[],
  { column, message }: { readonly column: string; readonly message: string },
): string {
  const title = columns.find(({ key }) => key === column)?.title;
  return title === undefined ? message : `${title}：${message}`;
}

/** What an exported list tells of itself. */
export interface ExportFacts {
  readonly today: LocalDate;
  /** the unit that exports it */
  readonly author: string;
  /** of what was asked for, more rows than these: "超过 5,000 行的部分未导出" */
  readonly more?: string;
}

/**
 * A list of a register under the columns of its template, so that it can be corrected and taken in again. What is told
 * beside (a state, a date of entry) stands in `also`: the reader does not know those columns and leaves them out.
 * @param rows by key of the column
 */
export async function exportSheet(
  { title, columns }: Titled,
  rows: readonly Readonly<Record<string, string | number | null>>[],
  { today, author, more }: ExportFacts,
  also: readonly IntakeColumn[] = [],
): Promise<MadeSheet> {
  const all = [...columns.map(columnOf), ...also.map(columnOf)];
  const keys = [...columns, ...also].map(({ key }) => key);
  const { dropDowns = [], lists } = listsOf(columns);
  return xlsx(`${title} ${today}.xlsx`, title, author, [
    {
      name: title,
      note: [`导出日期：${today}，共 ${rows.length} 行`, more].filter(Boolean).join("；"),
      columns: all,
      rows: rows.map((row) => keys.map((key) => row[key] ?? null)),
      dropDowns,
    },
    ...lists,
  ]);
}
