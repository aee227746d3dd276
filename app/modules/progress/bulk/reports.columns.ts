import type { IntakeColumn } from "~/platform/intake/intake.types";

import { REPORT_FIELDS } from "../report/report-values";

const KEEP = "留空表示不改";

/** The columns of the sheet of monthly reports, as it is downloaded filled in and taken in again. */
export const REPORT_COLUMNS = [
  { key: "code", title: "项目编号", required: true, example: "XM-2026-0001", hint: "不要改动", width: 18 },
  { key: "name", title: "项目名称", example: "智慧管网系统", hint: "只供核对，不读取", width: 30 },
  { key: "period", title: "月份", required: true, example: "2026-06", hint: "不要改动，形如 2026-06", width: 12 },
  { key: "planned", title: "计划进度（%）", example: "60", hint: "由里程碑推算，只供核对，不读取", width: 14 },
  { key: "actualPercent", title: "实际进度（%）", example: "58.5", hint: "0 至 100，最多两位小数", width: 14 },
  { key: "doneThisMonth", title: REPORT_FIELDS.doneThisMonth, example: "完成接口联调", hint: KEEP, width: 40 },
  { key: "nextMonth", title: REPORT_FIELDS.nextMonth, example: "上线试用", hint: KEEP, width: 40 },
  { key: "problems", title: REPORT_FIELDS.problems, hint: KEEP, width: 30 },
  { key: "mattersToSettle", title: REPORT_FIELDS.mattersToSettle, hint: KEEP, width: 30 },
  {
    key: "submit",
    title: "提交签批",
    choices: ["是", "否"],
    example: "否",
    hint: "“是”表示填好后直接提交分管领导签批；留空只保存草稿",
    width: 12,
  },
] as const satisfies readonly IntakeColumn[];
