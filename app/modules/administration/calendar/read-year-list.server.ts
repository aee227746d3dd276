import { accept, refuse, type Refusal, type Result } from "~/kernel/result";
import { readTable } from "~/platform/intake/read-table";
import type { IntakeColumn } from "~/platform/intake/intake.types";
import { readWorkbook } from "~/platform/xlsx/read-workbook.server";
import type { TableRow } from "~/platform/xlsx/table-reader";
import { readChoice, readDateText, type Choice } from "~/platform/xlsx/text-values";

import type { ListFileRefusal } from "./calendar.refusals.server";
import { dayListSchema } from "./calendar.schema";
import type { ListDay } from "./year-list.rules";

const COLUMNS: readonly IntakeColumn[] = [
  { key: "day", title: "日期", synonyms: ["放假日期", "节假日日期", "具体日期", "date"], required: true },
  {
    key: "name",
    title: "名称",
    synonyms: ["节日", "节日名称", "节假日", "节假日名称", "假日名称", "name"],
    required: true,
    fillMerged: true,
  },
  {
    key: "kind",
    title: "休/班",
    synonyms: ["休班", "类型", "类别", "安排", "放假或上班", "是否放假", "是否休息", "isOffDay"],
    required: true,
    fillMerged: true,
  },
];

const KINDS: readonly Choice<"off" | "work">[] = [
  { value: "off", label: "休", synonyms: ["放假", "休息", "休假", "假日", "节假日", "休息日", "是", "true", "1"] },
  { value: "work", label: "班", synonyms: ["上班", "调休上班", "补班", "工作", "工作日", "否", "false", "0"] },
];

/** A year's list is some kilobytes. @unit bytes */
const LONGEST_JSON = 1024 * 1024;
/** Problems that are named at once: more help nobody. */
const MOST_PROBLEMS = 20;

/**
 * Reads the list of a year: a sheet (.xlsx, .xls, .csv) with 日期, 名称 and 休/班, its days typed as dates or written as
 * text, or JSON as `seeds/data/calendar` has it. Whether it is the list of one year is for the rules to say.
 * Refuses with a code of the sheet or its table, jsonShape, fileTooLong, rowDate, rowKind, rowName (facts row, text).
 */
export async function readYearList(file: {
  readonly name: string;
  readonly bytes: Uint8Array;
}): Promise<Result<readonly ListDay[], ListFileRefusal>> {
  if (/\.json$/i.test(file.name)) return readJson(file.bytes);
  const workbook = await readWorkbook(file.bytes, file.name);
  if (!workbook.ok) return workbook;
  const table = readTable(workbook.value.sheets, COLUMNS);
  return table.ok ? readRows(table.value.rows) : table;
}

function readJson(bytes: Uint8Array): Result<readonly ListDay[], ListFileRefusal> {
  if (bytes.length > LONGEST_JSON) return refuse({ code: "fileTooLong", field: "file" });
  try {
    const parsed = dayListSchema.safeParse(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
    if (parsed.success) return accept(parsed.data);
  } catch {
    // What is no JSON has no shape either.
  }
  return refuse({ code: "jsonShape", field: "file" });
}

function readRows(rows: readonly TableRow[]): Result<readonly ListDay[], ListFileRefusal> {
  const problems: Refusal<ListFileRefusal>[] = [];
  const days = rows.flatMap(({ rowNumber: row, values }): ListDay[] => {
    const { day: dayText = "", name = "", kind: kindText = "" } = values;
    const date = readDateText(dayText);
    const kind = readChoice(kindText, KINDS);
    const problem = (code: ListFileRefusal, text: string) =>
      problems.push({ code, field: "file", facts: { row, text: text.slice(0, 30) } });
    if (!date || !("date" in date)) problem("rowDate", dayText);
    if (!kind) problem("rowKind", kindText);
    if (name === "") problem("rowName", name);
    return date && "date" in date && kind ? [{ day: date.date, off: kind === "off", name }] : [];
  });
  return problems.length > 0 ? refuse(...problems.slice(0, MOST_PROBLEMS)) : accept(days);
}
