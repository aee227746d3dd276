import type { LocalDate } from "~/kernel/local-date";
import { multiply, rational, toFixed } from "~/kernel/rational";
import { COMPONENT_DECISIONS } from "~/kernel/vocabulary";
import type { Ctx } from "~/platform/transaction.server";
import { writeWorkbook } from "~/platform/xlsx/write-workbook.server";
import { scopeFor } from "~/policy";

import { allDecisions, listComponents } from "./adoption.queries.server";
import { AVAILABILITIES, availability, reuseRate, type Adoption } from "./component.rules";
import { COMPONENT_RATE } from "./component.words";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** The register with its adoption as of a day, the units' and the decisions behind it, as a sheet. */
export async function exportComponents({ db, actor, today }: Ctx, asOf: LocalDate) {
  const scope = scopeFor(actor, "project:read");
  const [{ rows, units }, decisions] = await Promise.all([
    listComponents(db, scope, asOf),
    allDecisions(db, scope, asOf),
  ]);
  const text = (title: string, width?: number) => ({ title, kind: "text" as const, ...(width && { width }) });
  const number = (title: string) => ({ title, kind: "number" as const });
  const figures = [number("复用"), number("适用但不复用"), number("不适用"), number("利用率（%）")];
  const note = `截至 ${asOf}`;
  const bytes = await writeWorkbook({
    sheets: [
      {
        name: "统一组件",
        note,
        columns: [text("组件", 24), text("用途", 50), text("提供单位", 28), text("状态"), text("开放日期"), ...figures],
        rows: rows.map((row) => [
          row.name,
          row.purpose,
          row.providerName ?? "",
          AVAILABILITIES[availability(row, today)],
          row.availableFrom ?? "",
          ...figureCells(row),
        ]),
      },
      {
        name: "各单位",
        note,
        columns: [text("单位", 28), ...figures],
        rows: units.map((row) => [row.unitName, ...figureCells(row)]),
      },
      {
        name: "明细",
        note,
        columns: [
          text("组件", 24),
          text("项目编号"),
          text("项目", 40),
          text("单位", 28),
          text("批复日期"),
          text("决定"),
          text("理由", 50),
        ],
        rows: decisions.map((row) => [
          row.component,
          row.code,
          row.name,
          row.unitName,
          row.approvedOn ?? "",
          COMPONENT_DECISIONS[row.decision],
          row.reason,
        ]),
      },
      { name: "口径", columns: [text("指标口径", 100)], rows: [[COMPONENT_RATE]] },
    ],
    properties: { title: "统一组件", author: actor.unitName },
  });
  return { name: `统一组件 ${asOf}.xlsx`, mediaType: XLSX, bytes };
}

function figureCells(adoption: Adoption): (number | null)[] {
  const rate = reuseRate(adoption);
  const percent = rate && Number(toFixed(multiply(rate, rational(100)), 2));
  return [adoption.reuse, adoption.notReused, adoption.notFitting, percent];
}
