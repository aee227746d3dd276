import type { Database } from "@db/client";
import { localDate, type LocalDate } from "~/kernel/local-date";
import { missingYears } from "~/kernel/work-calendar";
import { loadNationalCalendar } from "~/platform/calendar.server";

import type { WorkItem } from "./work-item";

/**
 * The year whose list of holidays is missing: for who uploads it, and for the bureau, whose limits are counted by
 * weekends until then. It is due before the year begins.
 * @source domain.md §7
 */
export async function listsToUpload(db: Database, today: LocalDate, uploads: boolean): Promise<WorkItem[]> {
  const [missing] = missingYears(await loadNationalCalendar(db), today);
  if (!missing) return [];
  const { year, late } = missing;
  return [
    {
      key: `calendar ${year}`,
      kind: "日历",
      what: uploads ? "上传节假日安排" : "请系统管理员上传节假日安排",
      title: late ? `${year}年工作日正按周末推算` : `${year}年安排尚未上传`,
      unitName: null,
      href: uploads ? "/admin/calendar/upload" : `/calendar?year=${year}`,
      dueOn: localDate(`${year - 1}-12-31`),
    },
  ];
}
