import { formatOfficialDate, isLocalDate } from "~/kernel/local-date";
import type { MissingYear } from "~/kernel/work-calendar";

/** 休 and 班, as calendars print them. */
export const dayWord = (off: boolean): string => (off ? "休" : "班");

/** What a missing list means, and what to do. */
export const sayMissingYear = ({ year, late }: MissingYear): string =>
  late
    ? `${year}年的节假日安排尚未上传，今年的工作日正按周末推算，法定节假日和调休没有计入。请立即上传国务院办公厅的通知。`
    : `${year}年的节假日安排尚未上传，跨入${year}年的期限正按周末推算。请在年底前上传国务院办公厅的通知。`;

const text = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const dayText = (value: unknown): string =>
  typeof value === "string" && isLocalDate(value) ? formatOfficialDate(value) : "";

/** A change of the calendar as a sentence. */
export function sayCalendarEvent(type: string, payload: Readonly<Record<string, unknown>>): string {
  const day = `${text(payload.regionName)} ${dayText(payload.day)}${payload.off === true ? "放假" : "上班"}（${text(payload.name)}）`;
  switch (type) {
    case "calendarListPut":
      return `${payload.replaced === true ? "更新" : "上传"}${text(payload.year)}年节假日安排，共 ${text(payload.days)} 天，${text(payload.changes)} 处变动（${text(payload.source)}）`;
    case "calendarDayAdded":
      return `安排${day}`;
    case "calendarDayRemoved":
      return `撤销${day}`;
    case "reportingDaySet":
      return `${text(payload.regionName)}月报日由每月 ${text(payload.from)} 日改为 ${text(payload.to)} 日`;
    default:
      return type;
  }
}
