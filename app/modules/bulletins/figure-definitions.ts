/** 口径: what each figure of a bulletin is called and how it is counted. The last annex prints those that were used. */
export const FIGURE_DEFINITIONS = {
  projectTotal: {
    name: "纳入管理的项目数",
    definition: "至数据截止时已提交立项申报且未撤回、未终止的政务信息化项目数",
  },
  projectsUnderWay: { name: "在建项目数", definition: "处于建设实施、初验、试运行阶段的项目数" },
  light: {
    name: "进度灯",
    definition:
      "按计划进度与实际进度的差距、里程碑逾期天数和月报缺报情况判定，分绿灯（正常）、黄灯（预警）、红灯（滞后）",
  },
  budget: { name: "年度预算", definition: "本年度纳入管理项目的全年预算数合计，单位万元" },
  spent: { name: "累计支出", definition: "年初至数据截止时经财政部门确认的支付数合计，单位万元" },
  executionRate: { name: "预算执行率", definition: "全年执行数÷全年预算数" },
  timeShare: { name: "时间进度", definition: "已过月数÷12" },
  timeGap: { name: "与时间进度的差距", definition: "预算执行率减时间进度，先按未舍入数相减，后保留两位小数" },
  cloudRate: {
    name: "上云率",
    definition: "已完成安全检测并开通服务的自建系统数÷应上云自建系统数，不含依规不纳入范围的系统",
  },
  cloudDue: { name: "应上云自建系统数", definition: "自建信息系统数减依规不纳入范围的系统数" },
  cloudDone: { name: "已上云系统数", definition: "已完成安全检测并开通服务的应上云自建系统数" },
  cloudTarget: { name: "上云率目标", definition: "考核方案中按日期规定的当期目标" },
  cloudGap: { name: "上云率与目标的差距", definition: "上云率减当期目标，先按未舍入数相减，后保留两位小数" },
  cataloguingRate: { name: "编目率", definition: "已发布目录的数据资源数÷应编目的数据资源数" },
  demandMetRate: { name: "需求满足率", definition: "已满足的数据需求数÷有效数据需求数" },
  change: { name: "比上期变化", definition: "本期数减上期通报数，先按未舍入数相减，后保留两位小数" },
  reportsDue: { name: "应报月报数", definition: "报告期内应报送月报的项目数" },
  reportsOnTime: { name: "按时报送数", definition: "在报送日（逢休息日顺延）当日及以前首次提交的月报数" },
  punctuality: { name: "按时报送率", definition: "按时报送数÷应报月报数" },
  reportsLate: { name: "迟报数", definition: "晚于报送日首次提交的月报数" },
  reportsMissing: { name: "缺报数", definition: "至数据截止时仍未提交的月报数" },
  assessedUnits: { name: "考核单位数", definition: "本期按考核方案计分的单位数" },
  gradeCount: { name: "各等次单位数", definition: "按未舍入的考核得分和一票否决规定确定等次的单位数" },
  score: { name: "考核得分", definition: "按考核方案计算的总分，含加分和扣分，保留两位小数" },
  place: { name: "位次", definition: "同组内按未舍入得分从高到低排列的名次，得分相同位次并列" },
  sharingDue: { name: "应落实数据共享数", definition: "按计划至数据截止时应完成共享的数据资源数" },
  sharingOutstanding: { name: "未落实数据共享数", definition: "按计划应完成而未完成共享的数据资源数" },
  shortfallUnits: { name: "未按计划落实数据共享的单位数", definition: "至数据截止时有未落实数据共享任务的单位数" },
  plannedPercent: { name: "计划进度", definition: "项目计划至本期末应完成的进度" },
  actualPercent: { name: "实际进度", definition: "项目月报中经分管领导签批的实际进度" },
  progressGap: { name: "进度差距", definition: "计划进度减实际进度" },
  overdueTasks: { name: "逾期任务数", definition: "完成时限已过仍未完成的台账任务数，仅统计有明确完成日期的任务" },
  overdueSupervision: { name: "逾期督办事项数", definition: "办理期限已过仍未销号的督办事项数" },
  overdueDays: { name: "逾期天数", definition: "完成时限次日起至数据截止之日的日历天数" },
} as const;

export type FigureKind = keyof typeof FIGURE_DEFINITIONS;
