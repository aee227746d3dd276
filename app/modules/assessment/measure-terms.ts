import { SHARING_FIGURES } from "~/kernel/sharing-figures";

/** How officials speak of a measure: the words that explanations, score sheets and definitions (口径) are made of. */
export interface MeasureTerms {
  readonly name: string;
  /** 口径: what the numerator and the denominator count */
  readonly definition: string;
  /** what the denominator counts, as it follows 本期; empty where a measure only counts events */
  readonly base: string;
  /** what the numerator counts */
  readonly part: string;
  /** measure word after a count; amounts are shown in 万元 */
  readonly counter: string;
  /** @unit of numerator and denominator */
  readonly unit: "count" | "fen" | "score";
}

/**
 * The vocabulary of measures that schemes can name.
 * @source domain.md §4 (rates), §5 (execution), §6 (cloud), §7 (reports), §8 (supervision), §9 (starter scheme)
 */
export const MEASURE_TERMS = {
  firstPassFiling: {
    name: "立项申报一次通过率",
    definition: "一次通过形式审查、未被退回补正的立项申报数÷本年度已作出形式审查结论的立项申报数",
    base: "已审查立项申报",
    part: "一次通过",
    counter: "件",
    unit: "count",
  },
  reportsLate: {
    name: "月报迟报",
    definition: "晚于本地区报送日首次提交的月报数；分母为应报月报数",
    base: "应报月报",
    part: "迟报",
    counter: "份",
    unit: "count",
  },
  reportsMissing: {
    name: "月报缺报",
    definition: "至数据截止时仍未提交的月报数；分母为应报月报数",
    base: "应报月报",
    part: "缺报",
    counter: "份",
    unit: "count",
  },
  scheduleKept: {
    name: "建设进度符合率",
    definition: "年初以来未亮红灯的在建项目月数÷应评进度灯的在建项目月数（每个项目每月评一次灯）",
    base: "在建项目月度评灯",
    part: "未亮红灯",
    counter: "次",
    unit: "count",
  },
  ...SHARING_FIGURES,
  catalogQuality: {
    name: "目录质量",
    definition: "按目录名称、信息项、共享属性和数据纠错情况，由考核人员依据佐证材料评分",
    base: "",
    part: "评分",
    counter: "分",
    unit: "score",
  },
  cloudRate: {
    name: "上云率",
    definition: "已完成安全检测并开通服务的自建系统数÷应上云自建系统数（不含公安、国家安全等不纳入范围的系统）",
    base: "应上云自建系统",
    part: "已上云",
    counter: "个",
    unit: "count",
  },
  componentReuseRate: {
    name: "统一组件利用率",
    definition: "新建应用已复用的统一组件数÷新建应用适用的统一组件数",
    base: "适用统一组件",
    part: "已复用",
    counter: "项",
    unit: "count",
  },
  executionAgainstTime: {
    name: "预算执行率",
    definition: "全年执行数÷全年预算数，与时间进度（已过月数÷12）比较",
    base: "全年预算",
    part: "已执行",
    counter: "万元",
    unit: "fen",
  },
  selfEvaluationAverage: {
    name: "项目自评平均得分率",
    definition: "应自评项目的绩效自评得分合计÷满分合计，到期未自评的按0分计",
    base: "应自评项目满分合计",
    part: "自评得分合计",
    counter: "分",
    unit: "score",
  },
  validMlps: {
    name: "等保测评有效率",
    definition: "等级保护测评在有效期内的系统数÷应开展等级保护测评的系统数",
    base: "应开展等保测评的系统",
    part: "测评有效",
    counter: "个",
    unit: "count",
  },
  validCrypto: {
    name: "密评有效率",
    definition: "密码应用安全性评估在有效期内的系统数÷应开展密码应用安全性评估的系统数",
    base: "应开展密评的系统",
    part: "评估有效",
    counter: "个",
    unit: "count",
  },
  supervisionClosedInTime: {
    name: "督办按期销号率",
    definition: "在办理期限内销号的督办事项数÷办理期限已到的督办事项数",
    base: "到期督办事项",
    part: "按期销号",
    counter: "件",
    unit: "count",
  },
  demandsMetEarly: {
    name: "提前满足数据需求",
    definition: "早于规定时限提供数据的需求数",
    base: "",
    part: "提前满足数据需求",
    counter: "件",
    unit: "count",
  },
  supervisionReopened: {
    name: "督办事项重新办理",
    definition: "销号后经核实未整改到位、重新办理的督办事项数",
    base: "",
    part: "督办事项销号后重新办理",
    counter: "件",
    unit: "count",
  },
  publicCriticism: {
    name: "通报批评",
    definition: "本期被领导小组通报批评的次数",
    base: "",
    part: "被通报批评",
    counter: "次",
    unit: "count",
  },
  majorSecurityIncident: {
    name: "重大网络安全事件",
    definition: "本期发生并经认定的重大网络安全事件数",
    base: "",
    part: "发生重大网络安全事件",
    counter: "起",
    unit: "count",
  },
} as const satisfies Record<string, MeasureTerms>;

export type MeasureCode = keyof typeof MEASURE_TERMS;

export const MEASURE_CODES: ReadonlySet<string> = new Set(Object.keys(MEASURE_TERMS));

/** The words of a measure, or undefined for a measure that an installation added without any. */
export function termsOf(measure: string): MeasureTerms | undefined {
  return MEASURE_CODES.has(measure) ? MEASURE_TERMS[measure as MeasureCode] : undefined;
}
