import type { IntakeColumn } from "~/platform/intake/intake.types";

/** The columns of a ledger's sheet: how it is read, its template, and the export that can be read in again. */
export const LEDGER_COLUMNS = [
  {
    key: "number",
    title: "序号",
    synonyms: ["编号", "任务序号", "任务编号", "项次", "No", "No."],
    hint: "方案中的任务序号，不能重复；空着的按行次编号",
    example: "1",
    width: 8,
  },
  {
    key: "section",
    title: "所属部分",
    synonyms: ["所属类别", "任务类别", "任务分类", "类别", "分类", "板块", "章节", "重点领域"],
    fillMerged: true,
    hint: "任务在方案中的部分或章节",
    example: "（一）推进数据共享",
    width: 30,
  },
  {
    key: "text",
    title: "工作任务",
    synonyms: ["任务", "任务内容", "重点任务", "主要任务", "重点工作任务", "工作内容", "任务事项", "工作任务及内容"],
    required: true,
    hint: "方案原文；第一个句号之前作为任务标题",
    example: "推进电子证照应用。高频证照全部归集并在办事中共享使用。",
    width: 70,
  },
  {
    key: "leadUnits",
    title: "牵头单位",
    synonyms: ["牵头部门", "牵头责任单位", "主办单位", "主责单位"],
    fillMerged: true,
    hint: "单位全称，用顿号隔开；也可写单位集合，例如“市各部门”",
    example: "市政务服务数据管理局",
    width: 30,
  },
  {
    key: "responsibleUnits",
    title: "责任单位",
    synonyms: ["责任部门", "配合单位", "配合部门", "协办单位", "参与单位"],
    fillMerged: true,
    hint: "单位全称，用顿号隔开；也可写单位集合",
    example: "市各部门",
    width: 40,
  },
  {
    key: "deadline",
    title: "完成时限",
    synonyms: ["完成时间", "完成期限", "办结时限", "时限", "时限要求", "时间要求", "进度要求"],
    required: true,
    fillMerged: true,
    hint: "方案原文，例如“2026年9月底前”“2026年6月底前完成试点；2026年12月底前全面推开”“持续推进”",
    example: "2026年9月底前",
    width: 40,
  },
] as const satisfies readonly IntakeColumn[];

/** What the sheet, its template and its export are called. */
export const LEDGER_SHEET = { title: "任务台账", columns: LEDGER_COLUMNS } as const;

/** A row's own words in the order of the columns, whatever order they were stored in. */
export const originalWords = (original: Readonly<Record<string, string>>): { term: string; detail: string }[] =>
  LEDGER_COLUMNS.map(({ title }) => ({ term: title, detail: original[title] ?? "" }));
