import type { FilingCode, FilingProblem } from "./filing.rules";

const PROJECT_RULES = "《国家政务信息化项目建设管理办法》（国办发〔2019〕57号）";
const LOCAL_PLAN = "全市“数字政府”建设总体规划实施方案";
const SHARING_RULES = "《政务信息资源共享管理暂行办法》（国发〔2016〕51号）";
const EVALUATION_RULES = "《项目支出绩效评价管理办法》（财预〔2020〕10号）";
const FORM_RULES = "本平台填报规则";

/** What a reviewer ticks off, with the rule that asks for it. @source domain.md §3 */
const REVIEW_CHECKS = [
  { check: "complete", title: "必填内容齐全", cites: PROJECT_RULES },
  { check: "schedule", title: "工期与里程碑先后一致", cites: FORM_RULES },
  { check: "goals", title: "绩效目标可以衡量", cites: EVALUATION_RULES },
  { check: "money", title: "概算明细、年度安排、资金来源与总额一致", cites: FORM_RULES },
  { check: "catalog", title: "已挂接数据目录或写明不产生数据", cites: `${LOCAL_PLAN}；${SHARING_RULES}` },
  { check: "hosting", title: "部署方式与涉密、等级相符", cites: LOCAL_PLAN },
  { check: "components", title: "统一组件应用尽用", cites: LOCAL_PLAN },
  { check: "attachments", title: "附件材料齐全", cites: PROJECT_RULES },
  { check: "sanction", title: "申报单位可以申报：闸口和惩戒不停办", cites: PROJECT_RULES },
  { check: "duplicate", title: "与已有项目、系统不重复", cites: PROJECT_RULES },
] as const;
export type ReviewCheck = (typeof REVIEW_CHECKS)[number]["check"];

const CHECK_OF: Readonly<Record<FilingCode, ReviewCheck>> = {
  missing: "complete",
  milestonesMissing: "complete",
  goalsMissing: "complete",
  linesMissing: "complete",
  classContradictsNature: "complete",
  scheduleReversed: "schedule",
  milestonesOutOfOrder: "schedule",
  milestoneOutsideSchedule: "schedule",
  milestonesNotComplete: "schedule",
  goalTargetNotNumber: "goals",
  goalUnitMissing: "goals",
  lineNotProduct: "money",
  linesNotTotal: "money",
  yearsNotTotal: "money",
  yearOutsideSchedule: "money",
  categoryContradictsNature: "money",
  categoryContradictsClass: "money",
  sourcesNotTotal: "money",
  catalogMissing: "catalog",
  noDataContradicted: "catalog",
  hostingNeedsReason: "hosting",
  secretOnCloud: "hosting",
  levelTooHighForOtherCloud: "hosting",
  exemptionContradicted: "hosting",
  componentsUndecided: "components",
  componentReasonMissing: "components",
  attachmentMissing: "attachments",
  earlierEvaluationMissing: "attachments",
  unitSanctioned: "sanction",
  gateBlocksFiling: "sanction",
  maintainedMissing: "complete",
  maintainedNotInUse: "complete",
  noSystemInInventory: "sanction",
  partUnsigned: "complete",
  differenceMissing: "duplicate",
};

/** Every check with what it found; a check without problems is passed. */
export function reviewChecklist(problems: readonly FilingProblem[]) {
  return REVIEW_CHECKS.map((row) => ({
    ...row,
    problems: problems.filter(({ code }) => CHECK_OF[code] === row.check),
  }));
}
