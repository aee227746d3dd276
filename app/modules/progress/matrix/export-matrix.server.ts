import { formatInstant, localDateOf } from "~/kernel/local-date";
import { formatPeriod } from "~/kernel/period";
import { EXPLAINED, LIGHTS, REPORT_STATUSES } from "~/kernel/vocabulary";
import type { Ctx } from "~/platform/transaction.server";
import { writeWorkbook } from "~/platform/xlsx/write-workbook.server";
import { scopeFor, type Scope } from "~/policy";

import { LIGHT_DEFINITION, REPORT_DEFINITIONS } from "./matrix.words";
import { listReports } from "./report-list.queries.server";
import {
  EVERYTHING,
  levelFor,
  MATRIX_LEVELS,
  readMatrix,
  readUnitMatrix,
  type MatrixLevel,
  type MatrixQuery,
} from "./report-matrix.queries.server";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

type Sheet = Parameters<typeof writeWorkbook>[0]["sheets"][number];

/** What the matrix shows under a question, all pages of it, as a sheet with its definitions. */
export async function exportMatrix(ctx: Ctx, question: MatrixQuery) {
  const { actor, today } = ctx;
  const scope = scopeFor(actor, "report:read");
  const level = levelFor(question, scope);
  const sheet = await SHEETS[level](ctx, scope, question);
  const title = `月报${MATRIX_LEVELS[level]}`;
  const bytes = await writeWorkbook({
    sheets: [
      { ...sheet, name: title, note: `截至 ${today}，${sheet.note ?? ""}` },
      {
        name: "口径",
        columns: [
          { title: "指标", kind: "text" },
          { title: "口径", kind: "text", width: 100 },
        ],
        rows: [
          ...Object.entries(REPORT_DEFINITIONS).map(([status, definition]) => [
            REPORT_STATUSES[status as keyof typeof REPORT_STATUSES],
            definition,
          ]),
          ["进度灯", LIGHT_DEFINITION],
        ],
      },
    ],
    properties: { title, author: actor.unitName },
  });
  return { name: `${title} ${today}.xlsx`, mediaType: XLSX, bytes };
}

type Write = (ctx: Ctx, scope: Scope, question: MatrixQuery) => Promise<Sheet>;

/** A row for each unit and month, so that the sheet can be sorted and summed. */
const byUnit: Write = async ({ db, today }, scope, question) => {
  const { rows, cells } = await readUnitMatrix(db, scope, question, today, EVERYTHING);
  const nameOf = new Map(rows.map(({ id, name }) => [id, name]));
  const order = new Map(rows.map(({ id }, index) => [id, index]));
  const sorted = [...cells].sort(
    (a, b) => (order.get(a.unitId) ?? 0) - (order.get(b.unitId) ?? 0) || (a.period < b.period ? -1 : 1),
  );
  return {
    name: "",
    note: `共 ${rows.length} 个单位`,
    columns: [
      { title: "单位", kind: "text", width: 32 },
      { title: "月份", kind: "text" },
      { title: "应报", kind: "number" },
      { title: "按时", kind: "number" },
      { title: "迟报", kind: "number" },
      { title: "缺报", kind: "number" },
      { title: "未到期", kind: "number" },
      { title: "滞后", kind: "number" },
      { title: "预警", kind: "number" },
      { title: "正常", kind: "number" },
    ],
    rows: sorted.map((cell) => [
      nameOf.get(cell.unitId) ?? "",
      formatPeriod(cell.period),
      cell.onTime + cell.late + cell.missing + cell.notDue,
      cell.onTime,
      cell.late,
      cell.missing,
      cell.notDue,
      cell.red,
      cell.yellow,
      cell.green,
    ]),
  };
};

/** A row for each project, a column for each month. */
const byProject: Write = async ({ db, today }, scope, question) => {
  const { rows, cells, periods } = await readMatrix(db, scope, question, today, EVERYTHING);
  const said = new Map(
    cells.map(({ projectId, period, status, light }) => [
      `${projectId} ${period}`,
      light ? `${REPORT_STATUSES[status]}（${LIGHTS[light]}）` : REPORT_STATUSES[status],
    ]),
  );
  return {
    name: "",
    note: `共 ${rows.length} 个项目；括号内为当月进度灯`,
    columns: [
      { title: "项目编号", kind: "text" },
      { title: "项目", kind: "text", width: 36 },
      { title: "单位", kind: "text", width: 28 },
      ...periods.map((month) => ({ title: formatPeriod(month), kind: "text" as const })),
    ],
    rows: rows.map(({ id, code, name, unitName }) => [
      ...[code, name, unitName],
      ...periods.map((month) => said.get(`${id} ${month}`) ?? ""),
    ]),
  };
};

const byReport: Write = async ({ db, today }, scope, question) => {
  const { rows } = await listReports(db, scope, question, today, EVERYTHING);
  return {
    name: "",
    note: `${formatPeriod(question.period)}，共 ${rows.length} 份`,
    columns: [
      { title: "项目", kind: "text", width: 36 },
      { title: "单位", kind: "text", width: 28 },
      { title: "月份", kind: "text" },
      { title: "截止日期", kind: "text" },
      { title: "首次报送", kind: "text" },
      { title: "报送情况", kind: "text" },
      { title: "进度灯", kind: "text" },
      { title: "计划进度%", kind: "text" },
      { title: "实际进度%", kind: "text" },
      { title: "最近催报", kind: "text" },
      { title: "单位说明", kind: "text", width: 60 },
    ],
    rows: rows.map((row) => [
      row.projectName,
      row.unitName,
      formatPeriod(row.period),
      row.dueOn,
      row.firstSubmittedAt ? formatInstant(row.firstSubmittedAt) : "",
      REPORT_STATUSES[row.status],
      row.light ? LIGHTS[row.light] : "",
      row.plannedPercent ?? "",
      row.actualPercent ?? "",
      row.urgedAt ? localDateOf(row.urgedAt) : "",
      row.explanations.map(({ about, text }) => `${EXPLAINED[about]}：${text}`).join("；"),
    ]),
  };
};

const SHEETS: Readonly<Record<MatrixLevel, Write>> = { unit: byUnit, project: byProject, report: byReport };
