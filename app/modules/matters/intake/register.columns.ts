import { keysOf, MATERIAL_KINDS, MATTER_TYPES } from "~/kernel/vocabulary";
import type { IntakeColumn } from "~/platform/intake/intake.types";

/** What stands behind a material's name that need not be handed in. */
export const NOT_REQUIRED = "（非必要）";

const words = (set: Readonly<Record<string, string>>): string[] => keysOf(set).map((key) => set[key] ?? key);

export const MATTER_COLUMNS: readonly IntakeColumn[] = [
  { key: "code", title: "事项编码", hint: "新事项留空由系统编号；填写已有编码即更新该事项", width: 14 },
  { key: "name", title: "事项名称", required: true, example: "食品经营许可", width: 34 },
  { key: "type", title: "类型", required: true, choices: words(MATTER_TYPES), example: "行政许可", width: 14 },
  {
    key: "unit",
    title: "单位",
    required: true,
    hint: "单位全称",
    example: "市市场监督管理局",
    width: 22,
    fillMerged: true,
  },
  { key: "systems", title: "系统", hint: "办理系统的名称或编号，多个用顿号分开；空白表示不改", width: 40 },
  { key: "online", title: "全程网办", choices: ["是", "否"], example: "是", width: 10 },
  { key: "yearlyCases", title: "年办件量", hint: "整数，空白表示不改", example: "4300", width: 12 },
  {
    key: "materials",
    title: "材料名称",
    synonyms: ["申请材料"],
    hint: `多个用顿号或分号分开，非必要的材料在名称后写“${NOT_REQUIRED}”；空白表示不改`,
    example: `营业执照、经营场所平面图、健康证明${NOT_REQUIRED}`,
    width: 60,
  },
];

export const MATERIAL_COLUMNS: readonly IntakeColumn[] = [
  { key: "code", title: "材料编码", hint: "新材料留空由系统编号；填写已有编码即更新该材料", width: 14 },
  { key: "name", title: "材料名称", required: true, example: "营业执照", width: 34 },
  { key: "kind", title: "类型", choices: words(MATERIAL_KINDS), example: "证照", width: 12 },
  { key: "issuer", title: "签发单位", hint: "本市单位写全称；空白表示不改", example: "市市场监督管理局", width: 22 },
  {
    key: "resource",
    title: "证明资源",
    hint: "已发布数据资源的编码或名称；多项证明分多行填写，表中没有的证明不会移除",
    width: 34,
  },
  { key: "item", title: "信息项", hint: "该资源的信息项；留空表示整个资源", width: 20 },
];

/** The parts of a cell that holds several names. */
export const namesIn = (cell: string): string[] => [
  ...new Set(
    cell
      .split(/[、;；\n]/)
      .map((part) => part.trim())
      .filter(Boolean),
  ),
];
