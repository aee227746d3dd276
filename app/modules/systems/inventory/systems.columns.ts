import { HOSTINGS, OWNERSHIPS } from "~/kernel/vocabulary";
import type { IntakeColumn } from "~/platform/intake/intake.types";

import { FACT_TITLES, MLPS_LEVELS } from "./system-facts";

export const YES_NO = ["是", "否"] as const;

/** The one catalogue of columns of the sheet, taken in and given out: an export can be changed and taken in again. */
export const SYSTEM_COLUMNS: readonly IntakeColumn[] = [
  {
    key: "code",
    title: "系统编号",
    synonyms: ["编号", "系统编码"],
    hint: "新系统留空；更新已登记的系统请保留编号",
    width: 12,
  },
  {
    key: "unit",
    title: "主管单位",
    synonyms: ["单位", "单位名称", "使用单位", "责任单位"],
    hint: "单位全称；留空为本单位",
    width: 24,
  },
  {
    key: "name",
    title: FACT_TITLES.name,
    synonyms: ["名称", "信息系统名称", "系统全称"],
    required: true,
    example: "不动产登记系统",
    width: 32,
  },
  { key: "purpose", title: FACT_TITLES.purpose, synonyms: ["用途", "系统功能", "功能简介", "系统简介"], width: 48 },
  {
    key: "ownership",
    title: FACT_TITLES.ownership,
    synonyms: ["建设方式", "系统类型", "垂直类型"],
    choices: Object.values(OWNERSHIPS),
    example: OWNERSHIPS.own,
    width: 10,
  },
  { key: "secret", title: FACT_TITLES.secret, synonyms: ["涉密"], choices: YES_NO, example: "否", width: 10 },
  {
    key: "mlpsLevel",
    title: FACT_TITLES.mlpsLevel,
    synonyms: ["等级保护级别", "等保等级", "定级"],
    choices: Object.values(MLPS_LEVELS),
    example: "三级",
    width: 10,
  },
  { key: "mlpsFilingNumber", title: FACT_TITLES.mlpsFilingNumber, synonyms: ["备案编号", "备案号"], width: 20 },
  {
    key: "mlpsFiledOn",
    title: FACT_TITLES.mlpsFiledOn,
    synonyms: ["备案日期"],
    hint: "年月日",
    kind: "date",
    width: 14,
  },
  {
    key: "hosting",
    title: FACT_TITLES.hosting,
    synonyms: ["部署", "部署环境", "部署位置类型"],
    choices: Object.values(HOSTINGS),
    example: HOSTINGS.governmentCloud,
    width: 12,
  },
  { key: "location", title: FACT_TITLES.location, synonyms: ["机房", "机房地址", "部署位置"], width: 28 },
  { key: "backedUp", title: FACT_TITLES.backedUp, synonyms: ["备份", "是否备份"], choices: YES_NO, width: 10 },
  { key: "builder", title: FACT_TITLES.builder, synonyms: ["承建商", "开发单位", "承建厂商"], width: 28 },
  { key: "contactName", title: FACT_TITLES.contactName, synonyms: ["系统联系人", "负责人"], width: 12 },
  { key: "contactPhone", title: FACT_TITLES.contactPhone, synonyms: ["电话", "联系方式"], width: 16 },
  {
    key: "launchedOn",
    title: FACT_TITLES.launchedOn,
    synonyms: ["上线时间", "投入使用日期", "启用日期"],
    hint: "年月日",
    kind: "date",
    width: 14,
  },
  { key: "tags", title: FACT_TITLES.tags, synonyms: ["关键词"], hint: "多个用顿号隔开", width: 20 },
  {
    key: "operator",
    title: FACT_TITLES.operatorUnitId,
    synonyms: ["运维单位"],
    hint: "运营方全称；自行运维留空",
    width: 24,
  },
];

/** What the export says beside what can be taken in. */
export const SHOWN_COLUMNS = [
  { key: "state", title: "使用状态", width: 10 },
  { key: "missing", title: "待补全", width: 30 },
] as const;
