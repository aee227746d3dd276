import type { MeasureTerms } from "./measure-terms";

/**
 * Figures that bulletins and the dashboard tell of the whole city. They are frozen like scored measures, one row per
 * record, so that each of them opens to its proof; no scheme scores them.
 * @source domain.md §10 (every figure carries a link to its facts)
 */
export const CITY_TERMS = {
  "city.projects": {
    name: "纳入管理的项目数",
    definition: "期末已提交立项申报且未撤回、未终止的政务信息化项目数，不含不予立项和批复失效的项目",
    base: "",
    part: "纳入管理的项目",
    counter: "个",
    unit: "count",
  },
  "city.projectsUnderWay": {
    name: "在建项目数",
    definition: "期末处于建设实施、初验、试运行阶段的项目数",
    base: "",
    part: "在建项目",
    counter: "个",
    unit: "count",
  },
  "city.projectsGreen": {
    name: "绿灯项目数",
    definition: "期末在建项目中进度灯为绿灯（正常）的项目数；进度灯按本期月报认定，尚未报送的沿用上期",
    base: "",
    part: "绿灯项目",
    counter: "个",
    unit: "count",
  },
  "city.projectsYellow": {
    name: "黄灯项目数",
    definition: "期末在建项目中进度灯为黄灯（预警）的项目数；进度灯按本期月报认定，尚未报送的沿用上期",
    base: "",
    part: "黄灯项目",
    counter: "个",
    unit: "count",
  },
  "city.projectsRed": {
    name: "红灯项目数",
    definition: "期末在建项目中进度灯为红灯（滞后）的项目数；进度灯按本期月报认定，累计缺报达到限值的为红灯",
    base: "",
    part: "红灯项目",
    counter: "个",
    unit: "count",
  },
  "city.progress": {
    name: "在建项目进度",
    definition: "本期月报中经分管领导签批的实际进度与计划进度，单位为百分点；本期未报送的项目不列",
    base: "计划进度",
    part: "实际进度",
    counter: "个百分点",
    unit: "score",
  },
  "city.reportsDue": {
    name: "应报月报数",
    definition: "本期应报送月报的项目数",
    base: "",
    part: "应报月报",
    counter: "份",
    unit: "count",
  },
  "city.reportsOnTime": {
    name: "按时报送数",
    definition: "在报送日（逢休息日顺延）当日及以前首次提交的本期月报数",
    base: "",
    part: "按时报送",
    counter: "份",
    unit: "count",
  },
  "city.reportsLate": {
    name: "迟报数",
    definition: "晚于报送日首次提交的本期月报数",
    base: "",
    part: "迟报",
    counter: "份",
    unit: "count",
  },
  "city.reportsMissing": {
    name: "缺报数",
    definition: "至数据截止时仍未提交的本期月报数",
    base: "",
    part: "缺报",
    counter: "份",
    unit: "count",
  },
  "city.sharingOutstanding": {
    name: "未落实数据共享数",
    definition: "已批复且计划完工日期已过的项目、以及无来源项目的可共享数据资源中，至期末未发布目录或未归集的数量",
    base: "应落实共享的数据资源",
    part: "未落实",
    counter: "项",
    unit: "count",
  },
  "city.overdueTasks": {
    name: "逾期任务数",
    definition: "完成时限已过、至数据截止时仍未完成的台账任务数，仅统计有明确完成日期的任务；分母栏为逾期天数",
    base: "逾期天数",
    part: "逾期任务",
    counter: "项",
    unit: "count",
  },
  "city.overdueSupervision": {
    name: "逾期督办事项数",
    definition: "办理期限已过、至数据截止时仍未销号的督办事项数；分母栏为逾期天数",
    base: "逾期天数",
    part: "逾期督办事项",
    counter: "件",
    unit: "count",
  },
} as const satisfies Record<string, MeasureTerms>;

export type CityCode = keyof typeof CITY_TERMS;
