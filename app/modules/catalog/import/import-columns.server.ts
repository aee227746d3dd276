import {
  FORMAT_CLASSES,
  keysOf,
  SHARING_METHODS,
  SHARING_TYPES,
  UPDATE_CYCLES,
  type FormatClass,
  type SharingMethod,
  type SharingType,
  type UpdateCycle,
} from "~/kernel/vocabulary";
import type { SheetColumn } from "~/platform/xlsx/header-match";
import { squeezed, type Choice } from "~/platform/xlsx/text-values";

/** A field of a catalog entry as a sheet may carry it. */
export interface CatalogField extends SheetColumn {
  /** what the notes of the template say about it */
  readonly hint: string;
}

/** The columns of a catalog sheet, in the words that real sheets use for them. @source domain.md §4 */
export const CATALOG_FIELDS: readonly CatalogField[] = [
  {
    key: "name",
    title: "资源名称",
    synonyms: ["信息资源名称", "数据集名称", "数据资源名称", "目录名称", "数据名称", "资源目录名称", "名称"],
    required: true,
    hint: "写明数据内容，不写系统名称，不用“…1、…2”等拖动填充的名称；本单位内不得重复",
  },
  {
    key: "category",
    title: "资源分类",
    synonyms: ["分类", "信息资源分类", "所属分类", "目录分类", "分类名称", "目"],
    required: true,
    fillMerged: true,
    hint: "从下拉列表选择，或填写分类名称、六位分类代码",
  },
  {
    key: "summary",
    title: "资源摘要",
    synonyms: ["摘要", "信息资源摘要", "数据摘要", "资源描述", "数据描述", "描述", "说明", "简介"],
    required: true,
    hint: "至少 4 个字，说明数据的内容、范围和来源",
  },
  {
    key: "formatClass",
    title: "资源格式",
    synonyms: ["格式", "信息资源格式", "信息资源格式分类", "格式分类", "资源格式分类", "数据格式"],
    required: true,
    fillMerged: true,
    hint: "从下拉列表选择；填写 xls、json 等具体格式时自动归类",
  },
  {
    key: "formatType",
    title: "格式类型",
    synonyms: ["信息资源格式类型", "资源格式类型", "具体格式"],
    hint: "选填，具体格式，例如 XLSX、MySQL、REST",
  },
  {
    key: "items",
    title: "信息项",
    synonyms: ["数据项", "信息项名称", "数据项名称", "字段", "字段名称", "指标项"],
    required: true,
    hint: "多个用顿号隔开，可写成“名称:类型(长度)”，主键后加 *，必填后加 !，例如：编号:字符型(20)*、管径:数值型",
  },
  {
    key: "sharingType",
    title: "共享类型",
    synonyms: ["共享属性", "共享方式分类", "是否共享"],
    required: true,
    fillMerged: true,
    hint: "从下拉列表选择：以共享为原则，不共享为例外",
  },
  {
    key: "legalBasis",
    title: "不予共享依据",
    synonyms: ["依据", "法律依据", "不予共享的依据", "不共享依据"],
    hint: "不予共享时必填，写明法律、行政法规或国家政策的名称和条款",
  },
  {
    key: "conditions",
    title: "共享条件",
    synonyms: ["使用条件", "使用要求"],
    hint: "有条件共享时必填，例如限哪些单位、哪类业务使用",
  },
  {
    key: "method",
    title: "共享方式",
    synonyms: ["提供方式", "共享途径"],
    fillMerged: true,
    hint: "数据库类选“数据库”或“接口”；文件类只能选“文件”，可不填",
  },
  {
    key: "openToPublic",
    title: "是否向社会开放",
    synonyms: ["开放属性", "是否开放", "开放类型", "向社会开放"],
    fillMerged: true,
    hint: "选填：是、否，不填为否",
  },
  { key: "openConditions", title: "开放条件", synonyms: ["开放要求"], hint: "选填，向社会开放时的条件" },
  {
    key: "updateCycle",
    title: "更新周期",
    synonyms: ["更新频率", "更新频次"],
    required: true,
    fillMerged: true,
    hint: "从下拉列表选择",
  },
  {
    key: "system",
    title: "来源系统",
    synonyms: ["所属系统", "信息系统名称", "系统名称"],
    fillMerged: true,
    hint: "选填，填写本单位系统清单中的系统名称",
  },
  {
    key: "basicDatabase",
    title: "所属基础数据库",
    synonyms: ["基础数据库", "基础库"],
    hint: "选填，属于人口、法人等基础数据库时填写",
  },
  {
    key: "matter",
    title: "对应事项",
    synonyms: ["服务事项", "政务服务事项", "关联事项"],
    hint: "选填，数据所服务的政务服务事项",
  },
  { key: "material", title: "对应材料", synonyms: ["申请材料", "关联材料"], hint: "选填，数据可替代的申请材料" },
];

/** The title of a field. */
export const titleOfField = (key: string): string => CATALOG_FIELDS.find((field) => field.key === key)?.title ?? "";

const choices = <Value extends string>(
  set: Record<Value, string>,
  synonyms: Partial<Record<Value, readonly string[]>> = {},
): Choice<Value>[] => keysOf(set).map((value) => ({ value, label: set[value], synonyms: synonyms[value] ?? [] }));

export const FORMATS = choices<FormatClass>(FORMAT_CLASSES, {
  document: ["文档", "文件"],
  spreadsheet: ["表格", "et"],
  database: ["数据表", "库表"],
  image: ["图片", "图像", "tif"],
  stream: ["视频", "音频"],
  service: ["接口", "api"],
});
export const SHARINGS = choices<SharingType>(SHARING_TYPES, {
  unconditional: ["无条件", "是", "共享"],
  conditional: ["有条件"],
  none: ["不予", "不共享", "否"],
});
export const METHODS = choices<SharingMethod>(SHARING_METHODS, {
  interface: ["服务接口", "api", "接口服务"],
  database: ["库表", "库表交换", "数据库交换"],
  file: ["文件下载", "文件交换", "邮件"],
});
export const CYCLES = choices<UpdateCycle>(UPDATE_CYCLES, {
  daily: ["日", "每天", "按日", "天"],
  weekly: ["周", "按周"],
  monthly: ["月", "按月"],
  quarterly: ["季", "季度", "每季", "按季"],
  yearly: ["年", "按年", "年度", "每年度"],
  irregular: ["其他", "按需", "不定时", "不定期更新"],
});
export const OPENNESS: readonly Choice<"yes" | "no">[] = [
  { value: "yes", label: "是", synonyms: ["开放", "无条件开放", "有条件开放", "依申请开放", "社会开放"] },
  { value: "no", label: "否", synonyms: ["不开放", "不予开放", "暂不开放", "无"] },
];

/** Reads one of a fixed set of words, the same however often it is asked: a column repeats few words in many rows. */
export class WordBook<Value extends string> {
  private readonly known = new Map<string, Value>();
  private readonly read = new Map<string, Value | undefined>();

  constructor(private readonly options: readonly Choice<Value>[]) {
    for (const { value, label, synonyms = [] } of options) {
      for (const name of [label, ...synonyms, value]) {
        const key = squeezed(name).toLowerCase();
        if (!this.known.has(key)) this.known.set(key, value);
      }
    }
  }

  /** The value a text names; undefined for any other text. Never guesses. */
  valueOf(text: string): Value | undefined {
    if (this.read.has(text)) return this.read.get(text);
    const value = this.known.get(squeezed(text).toLowerCase());
    if (this.read.size < MOST_REMEMBERED) this.read.set(text, value);
    return value;
  }

  /** The words to choose from, for a sentence. */
  get words(): string {
    return this.options.map((option) => option.label).join("、");
  }
}

/** A column of free texts would otherwise be kept twice. */
const MOST_REMEMBERED = 2_000;
