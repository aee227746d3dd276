import type { Transaction } from "@db/client";
import { ruleFigures } from "@db/schema";
import { localDate } from "~/kernel/local-date";

const PRODUCT_DEFAULT = "产品默认值，由数据管理部门按本地规定调整";
const SHARING_RULES = "《政务信息资源共享管理暂行办法》(国发〔2016〕51号)";
const PROJECT_RULES = "《国家政务信息化项目建设管理办法》(国办发〔2019〕57号)";
const EVALUATION_RULES = "《项目支出绩效评价管理办法》(财预〔2020〕10号)";
const LOCAL_PLAN = "鹤山市“数字政府”建设总体规划实施方案";
const SECURITY_RULES = "GB/T 22239-2019 网络安全等级保护基本要求";

/** Rows without a day of their own hold since before any project that the product knows. */
const ALWAYS = "2020-01-01";

interface Figure {
  readonly code: string;
  readonly name: string;
  readonly value: string;
  readonly unit: string;
  readonly source: string;
  readonly from?: string;
}

/**
 * The percentages, limits and weights that rules are given. A new value is a new row with the day from which it holds;
 * the old row stays, so that an old decision can be explained.
 * @source domain.md §2 (limits), §4 (demands), §6 (cloud), §7 (lights), §8 (supervision), §9 (grades)
 */
const FIGURES: readonly Figure[] = [
  { code: "review.formCheckWorkdays", name: "形式审查时限", value: "3", unit: "工作日", source: PRODUCT_DEFAULT },
  { code: "review.approvalWorkdays", name: "立项审核时限", value: "10", unit: "工作日", source: PRODUCT_DEFAULT },
  { code: "review.supplementWorkdays", name: "补正时限", value: "5", unit: "工作日", source: PRODUCT_DEFAULT },
  { code: "review.fundingWorkdays", name: "资金评估审查时限", value: "10", unit: "工作日", source: PRODUCT_DEFAULT },
  { code: "duplicate.similarity", name: "查重相似度提示线", value: "0.45", unit: "相似度", source: PRODUCT_DEFAULT },
  { code: "lapse.years", name: "批复后未开工失效年限", value: "2", unit: "年", source: PRODUCT_DEFAULT },
  { code: "light.redLagPoints", name: "红灯：进度落后", value: "20", unit: "百分点", source: PRODUCT_DEFAULT },
  { code: "light.yellowLagPoints", name: "黄灯：进度落后", value: "10", unit: "百分点", source: PRODUCT_DEFAULT },
  { code: "light.redOverdueDays", name: "红灯：节点逾期超过", value: "30", unit: "天", source: PRODUCT_DEFAULT },
  { code: "light.redMissingReports", name: "红灯：缺报月报达到", value: "2", unit: "份", source: PRODUCT_DEFAULT },
  { code: "demand.checkWorkdays", name: "需求合规审查时限", value: "2", unit: "工作日", source: PRODUCT_DEFAULT },
  {
    code: "demand.answerUnconditionalWorkdays",
    name: "无条件共享需求答复时限",
    value: "1",
    unit: "工作日",
    source: PRODUCT_DEFAULT,
  },
  {
    code: "demand.answerConditionalWorkdays",
    name: "有条件共享需求答复时限",
    value: "10",
    unit: "工作日",
    source: SHARING_RULES,
  },
  { code: "demand.deliveryWorkdays", name: "同意后提供数据时限", value: "20", unit: "工作日", source: PRODUCT_DEFAULT },
  { code: "demand.correctionWorkdays", name: "数据纠错处理时限", value: "10", unit: "工作日", source: SHARING_RULES },
  { code: "cloud.targetPercent", name: "上云率目标", value: "0", unit: "%", source: PRODUCT_DEFAULT },
  { code: "cloud.targetPercent", name: "上云率目标", value: "50", unit: "%", source: LOCAL_PLAN, from: "2025-10-31" },
  { code: "cloud.targetPercent", name: "上云率目标", value: "100", unit: "%", source: LOCAL_PLAN, from: "2025-12-31" },
  { code: "change.filedPercent", name: "变更备案：概算内调整上限", value: "15", unit: "%", source: PROJECT_RULES },
  { code: "change.overrunPercent", name: "概算超可研须报告", value: "10", unit: "%", source: PROJECT_RULES },
  { code: "acceptance.applyMonths", name: "完工后申请验收期限", value: "6", unit: "月", source: PROJECT_RULES },
  { code: "grade.excellent", name: "“优”起评分", value: "90", unit: "分", source: EVALUATION_RULES },
  { code: "grade.good", name: "“良”起评分", value: "80", unit: "分", source: EVALUATION_RULES },
  { code: "grade.medium", name: "“中”起评分", value: "60", unit: "分", source: EVALUATION_RULES },
  { code: "objection.workdays", name: "考核申诉期", value: "5", unit: "工作日", source: PRODUCT_DEFAULT },
  { code: "bulletin.praiseTop", name: "通报表扬名次", value: "3", unit: "名", source: PRODUCT_DEFAULT },
  { code: "supervision.defaultWorkdays", name: "督办默认时限", value: "15", unit: "工作日", source: PRODUCT_DEFAULT },
  { code: "login.perAccount", name: "单个账号登录失败上限", value: "5", unit: "次", source: SECURITY_RULES },
  { code: "login.perAddress", name: "单个地址登录失败上限", value: "20", unit: "次", source: SECURITY_RULES },
  { code: "login.lockMinutes", name: "登录锁定时长", value: "20", unit: "分钟", source: SECURITY_RULES },
];

export async function seedRuleFigures(tx: Transaction): Promise<void> {
  const rows = FIGURES.map(({ from, ...figure }) => ({ ...figure, inForceFrom: localDate(from ?? ALWAYS) }));
  await tx.insert(ruleFigures).values(rows).onConflictDoNothing();
}
