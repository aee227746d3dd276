import { and, eq, inArray } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { monthlyReports, projects } from "@db/schema";
import { formatPeriod, isPeriod, type Period } from "~/kernel/period";
import { conflict } from "~/kernel/result";
import type { IntakeKind, IntakeProblem, JudgedRow } from "~/platform/intake/intake.types";
import { inScope } from "~/platform/scope.server";
import type { Ctx } from "~/platform/transaction.server";
import type { TableRow } from "~/platform/xlsx/table-reader";
import { scopeFor } from "~/policy";

import { REPORT_STATES } from "../report/report.lifecycle";
import { sayReportRefusal } from "../report/report.refusals";
import { decideTyping, type ReportTyping } from "../report/report.rules";
import { typingSchema } from "../report/report.schema";
import { REPORT_FIELDS, trimZeros } from "../report/report-values";
import { editReports, type TypedReport } from "./edit-reports.server";
import { REPORT_COLUMNS } from "./reports.columns";

type Report = typeof monthlyReports.$inferSelect;

const FIELDS = Object.keys(REPORT_FIELDS) as (keyof ReportTyping)[];
const keyOf = (code: string, period: string): string => `${code} ${period}`;

/** "2026-06", also as people and spreadsheet programs write it: 2026年6月, 2026/6, 2026-06-01. */
function readPeriod(text: string): Period | undefined {
  const [, year = "", month = ""] = /^(\d{4})\s*[-/.年]\s*(\d{1,2})(?!\d)/.exec(text) ?? [];
  const read = `${year}-${month.padStart(2, "0")}`;
  return isPeriod(read) ? read : undefined;
}

async function reportsOf(tx: Transaction, ctx: Ctx, codes: readonly string[]) {
  const rows = await tx
    .select({ report: monthlyReports, code: projects.code, name: projects.name })
    .from(monthlyReports)
    .innerJoin(projects, eq(projects.id, monthlyReports.projectId))
    .where(
      and(
        inArray(projects.code, [...new Set(codes), ""]),
        inScope(scopeFor(ctx.actor, "report:fill"), {
          unitId: monthlyReports.unitId,
          regionId: monthlyReports.regionId,
        }),
      ),
    );
  return new Map(rows.map((row) => [keyOf(row.code, row.report.period), row]));
}

/** What a row would make of the report: blank cells leave what is written. */
function typedBy(report: Report, values: TableRow["values"]): ReportTyping {
  const before = writtenIn(report);
  const [actual = "", done = "", next = "", problems = "", matters = ""] = FIELDS.map(
    (field) => (values[field] ?? "").trim() || before[field],
  );
  return {
    actualPercent: actual.replace(/\s*[%％]$/, ""),
    doneThisMonth: done,
    nextMonth: next,
    problems,
    mattersToSettle: matters,
  };
}

const writtenIn = ({ actualPercent, doneThisMonth, nextMonth, problems, mattersToSettle }: Report): ReportTyping => ({
  actualPercent: trimZeros(actualPercent ?? ""),
  ...{ doneThisMonth, nextMonth, problems, mattersToSettle },
});

function judgeRow(
  known: Awaited<ReturnType<typeof reportsOf>>,
  seen: Set<string>,
  { rowNumber, values }: TableRow,
): JudgedRow<TypedReport> {
  const { code = "", period: month = "", submit = "" } = values;
  const problems: IntakeProblem[] = [];
  const wrong = (column: string, message: string) => problems.push({ column, message });
  const judged = (label: string, rest: Omit<JudgedRow<TypedReport>, "rowNumber" | "label" | "problems">) => ({
    ...{ rowNumber, label, problems },
    ...rest,
  });
  const period = readPeriod(month);
  const found = period && known.get(keyOf(code, period));
  if (!period) wrong("period", "请填写月份，例如 2026-06。");
  else if (!found) wrong("code", `本单位没有编号为“${code}”的项目应报 ${formatPeriod(period)}月报，请核对编号和月份。`);
  if (submit !== "" && submit !== "是" && submit !== "否") wrong("submit", "请填写“是”或“否”，或留空。");
  if (!found) return judged(`${code} ${month}`, { outcome: "problem", changes: [] });

  const { report, name } = found;
  const label = `${code} ${name}（${formatPeriod(report.period)}）`;
  if (seen.has(report.id)) wrong("code", "表中前面已有同一份月报，请删去重复的行。");
  seen.add(report.id);
  const event = submit === "是" ? "submit" : "save";
  const parsed = typingSchema.safeParse(typedBy(report, values));
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues) wrong(String(path[0] ?? "code"), message);
    return judged(label, { outcome: "problem", changes: [] });
  }
  const typed = parsed.data;
  const before = writtenIn(report);
  const changes: { title: string; before: string; after: string }[] = FIELDS.filter(
    (field) => comparable(field, before) !== comparable(field, typed),
  ).map((field) => ({
    title: REPORT_FIELDS[field],
    before: before[field],
    after: typed[field],
  }));
  if (event === "save" && changes.length === 0 && problems.length === 0)
    return judged(label, { outcome: "same", changes: [] });
  const decision = decideTyping(report.state, event, typed);
  if (!decision.ok) for (const refusal of decision.refusals) wrong(refusal.field ?? "code", sayReportRefusal(refusal));
  else if (decision.value !== report.state)
    changes.push({ title: "办理状态", before: REPORT_STATES[report.state], after: REPORT_STATES[decision.value] });
  if (problems.length > 0) return judged(label, { outcome: "problem", changes: [] });
  return judged(label, {
    outcome: report.state === "open" ? "add" : "change",
    changes,
    data: { reportId: report.id, version: report.version, event, typed },
  });
}

const comparable = (field: keyof ReportTyping, typed: ReportTyping): string =>
  field === "actualPercent" ? trimZeros(typed[field]) : typed[field].replaceAll("\r\n", "\n").trim();

/**
 * The sheet of a unit's monthly reports: it fills in drafts and, where a row says so and is complete, hands them to the
 * leader. Milestones are proven on the report's own page; a sheet leaves them as they are.
 */
export const reportsIntake: IntakeKind<TypedReport> = {
  key: "reports",
  action: "report:fill",
  title: "月报填报表",
  counter: "份月报",
  listHref: "/reports/entry",
  columns: REPORT_COLUMNS,
  judge: async (tx, ctx, rows) => {
    const known = await reportsOf(
      tx,
      ctx,
      rows.map(({ values }) => values.code ?? ""),
    );
    const seen = new Set<string>();
    return rows.map((row) => judgeRow(known, seen, row));
  },
  apply: async (tx, ctx, rows) => {
    const typed = rows.flatMap(({ data }) => (data ? [data] : []));
    if (typed.length === 0) return;
    const outcomes = await editReports(tx, ctx, typed);
    if ([...outcomes.values()].some(({ ok }) => !ok)) throw conflict("report");
  },
};
