import { formatOfficialDate, localDate } from "~/kernel/local-date";
import type { Refusal } from "~/kernel/result";
import { sheetRefusalSentence } from "~/platform/xlsx/sheet.refusals";
import type { SheetRefusalCode, TableRefusalCode } from "~/platform/xlsx/workbook";

import type { RegionalDayRefusal } from "./regional-day.rules";
import type { YearListRefusal, YearListWarning } from "./year-list.rules";

/** Why a file is no list of days; row is the spreadsheet program's. */
export type ListFileRefusal =
  | SheetRefusalCode
  | TableRefusalCode
  | "severalTables"
  | "jsonShape"
  | "fileTooLong"
  | "rowDate"
  | "rowKind"
  | "rowName";

const dayOf = (facts: Refusal["facts"]): string => {
  const day = facts?.day;
  return typeof day === "string" ? formatOfficialDate(localDate(day)) : "";
};

/** Why a list of holidays was not read or not put in force, and what to do. */
export function sayListRefusal(refusal: Refusal<ListFileRefusal | YearListRefusal>): string {
  const { code, facts = {} } = refusal;
  switch (code) {
    case "severalTables":
      return `文件中有几张节假日表（${facts.sheets ?? ""}），请只保留一张。`;
    case "jsonShape":
      return "JSON 文件应为一个数组，每项写明 name（名称）、date（日期，如 2027-01-01）和 isOffDay（是否放假）。";
    case "fileTooLong":
      return "文件过大，不像一年的节假日安排，请核对后再上传。";
    case "rowDate":
      return `第 ${facts.row ?? ""} 行的日期“${facts.text ?? ""}”无法识别，请写成 2027-01-01 这样的完整日期。`;
    case "rowKind":
      return `第 ${facts.row ?? ""} 行的“${facts.text ?? ""}”无法识别，放假请写“休”，调休上班请写“班”。`;
    case "rowName":
      return `第 ${facts.row ?? ""} 行没有名称，请填写节日名称。`;
    case "noDays":
      return "文件中没有日期，请填写后再上传。";
    case "dayTwice":
      return `${dayOf(facts)}出现了不止一次，请只保留一行。`;
    case "outsideYear":
      return `${dayOf(facts)}不属于 ${facts.year ?? ""} 年（跨年假期前后各可多 7 天），一个文件只写一年的安排。`;
    case "makeUpOnWeekday":
      return `${dayOf(facts)}写明上班，但这天本来就是周一至周五，调休上班日应为周六或周日，请核对日期。`;
    case "notAWholeYear":
      return `文件中没有 ${facts.year ?? ""} 年 2 月至 11 月的安排，请上传全年的安排。`;
    case "yearTooFar":
      return `文件是 ${facts.year ?? ""} 年的安排，目前最晚只能上传 ${facts.most ?? ""} 年的，请核对年份。`;
    case "sourceTaken":
      return `这个来源已用于 ${facts.year ?? ""} 年的安排，每年的通知不同，请核对文件名和文号。`;
    case "nothingNew":
      return "文件与现行安排完全一致，无需更新。";
    case "reasonMissing":
      return "这一年已有安排，更新时请写明理由。";
    default:
      return sheetRefusalSentence({ ...refusal, code });
  }
}

/** What to look at before a list is put in force. */
export function sayListWarning({ code, facts = {} }: Refusal<YearListWarning>): string {
  switch (code) {
    case "daysOffUnusual":
      return `放假共 ${facts.days ?? ""} 天，历年一般在 ${facts.least ?? ""} 至 ${facts.most ?? ""} 天之间，请对照通知核对。`;
    case "makeUpDaysUnusual":
      return `调休上班共 ${facts.days ?? ""} 天，历年一般在 ${facts.least ?? ""} 至 ${facts.most ?? ""} 天之间，请对照通知核对。`;
    case "holidaysUnnamed":
      return `没有写明这些节日：${facts.names ?? ""}，请对照通知核对。`;
  }
}

/** Why a region's day was not ordered, and what to do. */
export function sayRegionalDayRefusal({ code, facts }: Refusal<RegionalDayRefusal>): string {
  switch (code) {
    case "dayTaken":
      return `该区域在${dayOf(facts)}已有安排“${facts?.name ?? ""}”。需要更改时，请先撤销原来的安排。`;
    case "alreadyOff":
      return `${dayOf(facts)}本来就不上班，无需另行放假。请核对日期。`;
    case "alreadyWorkday":
      return `${dayOf(facts)}本来就上班，无需另行安排。请核对日期。`;
    case "dayTooFar":
      return `${dayOf(facts)}距今天超过两年，请核对年份。`;
  }
}

/** Why a reporting day was not set. */
export function sayReportingDayRefusal({ code }: Refusal<"sameDay">): string {
  switch (code) {
    case "sameDay":
      return "与现行月报日相同，无需调整。";
  }
}
