import { formatPeriod, type Period } from "~/kernel/period";
import { exportSheet, type MadeSheet } from "~/platform/intake/register-sheets.server";
import type { Ctx } from "~/platform/transaction.server";

import { ENTRY_PAGE, readEntry } from "./entry.queries.server";
import type { EntryRow } from "./entry.types";
import { REPORT_COLUMNS } from "./reports.columns";

/** The reports of a month that the actor has to fill in, prefilled, as a sheet that can be taken in again. */
export async function exportEntry({ db, actor, today }: Ctx, period: Period): Promise<MadeSheet> {
  const rows: EntryRow[] = [];
  for (let page = 1, total = 1; (page - 1) * ENTRY_PAGE < total; page++) {
    const entry = await readEntry(db, actor, { period, page }, today);
    rows.push(...entry.rows.filter(({ mayFill }) => mayFill));
    total = entry.total;
  }
  return exportSheet(
    { title: `${formatPeriod(period)}月报填报表`, columns: REPORT_COLUMNS },
    rows.map(({ projectCode, projectName, plannedPercent, values }) => ({
      code: projectCode,
      name: projectName,
      period,
      planned: String(Math.round(Number(plannedPercent) * 100) / 100),
      ...values,
      submit: null,
    })),
    { today, author: actor.unitName },
  );
}
