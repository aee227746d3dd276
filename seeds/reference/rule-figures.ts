import type { Transaction } from "@db/client";
import { ruleFigures } from "@db/schema";
import { localDate } from "~/kernel/local-date";
import { GATE_BLOCKS, GATE_CAUSES, gateFlag, keysOf, type GateBlock, type GateCause } from "~/kernel/vocabulary";
import { newId } from "~/platform/ids.server";

const PRODUCT_DEFAULT = "产品默认值，由数据管理部门按本地规定调整";
const SHARING_RULES = "《政务信息资源共享管理暂行办法》(国发〔2016〕51号)";
const PROJECT_RULES = "《国家政务信息化项目建设管理办法》(国办发〔2019〕57号)";
const EVALUATION_RULES = "《项目支出绩效评价管理办法》(财预〔2020〕10号)";
const LOCAL_PLAN = "鹤山市“数字政府”建设总体规划实施方案";
const DISTRICT_PLAN = "海曙区数字政府发展“十四五”规划";
const CRYPTO_RULES = "GB/T 39786-2021 信息系统密码应用基本要求";
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
 * What each cause of a closed gate blocks: what is not shared as required, all money; what the inventory does not know,
 * the money for its upkeep; failing security, collecting again and sanctions, money and new systems.
 * @source domain.md §5; 国办发〔2019〕57号
 */
const GATE_CAUSE_BLOCKS: Readonly<Record<GateCause, readonly GateBlock[]>> = {
  systemNotInventoried: ["maintenance"],
  promiseNotPublished: ["money"],
  resourceStale: ["money"],
  resourceNotConnected: ["money"],
  demandUnanswered: ["money"],
  demandUndelivered: ["money"],
  mlpsInvalid: ["money", "newSystems"],
  cryptoInvalid: ["money", "newSystems"],
  recollection: ["money", "newSystems"],
  sanctionOpen: ["money", "newSystems"],
};

const GATE_FIGURES: readonly Figure[] = keysOf(GATE_CAUSES).flatMap((cause) =>
  keysOf(GATE_BLOCKS).map((block) => ({
    code: gateFlag(cause, block),
    name: `${GATE_CAUSES[cause]}：停办${GATE_BLOCKS[block]}`,
    value: GATE_CAUSE_BLOCKS[cause].includes(block) ? "1" : "0",
    unit: "（1 是，0 否）",
    source: PROJECT_RULES,
  })),
);

/**
 * The percentages, limits and weights that rules are given. A new value is a new row with the day from which it holds;
 * the old row stays, so that an old decision can be explained.
 * @source domain.md §2 (limits), §4 (demands), §6 (cloud), §7 (lights), §8 (supervision), §9 (grades)
 */
export const FIGURES: readonly Figure[] = [
  { code: "review.formCheckWorkdays", name: "形式审查时限", value: "3", unit: "工作日", source: PRODUCT_DEFAULT },
  { code: "review.approvalWorkdays", name: "立项审核时限", value: "10", unit: "工作日", source: PRODUCT_DEFAULT },
  { code: "review.supplementWorkdays", name: "补正时限", value: "5", unit: "工作日", source: PRODUCT_DEFAULT },
  { code: "review.fundingWorkdays", name: "资金评估审查时限", value: "10", unit: "工作日", source: PRODUCT_DEFAULT },
  { code: "review.yellowWorkdays", name: "办理倒计时黄灯：剩余", value: "2", unit: "工作日", source: PRODUCT_DEFAULT },
  { code: "review.remindWorkdays", name: "办理首次提醒：到期前", value: "3", unit: "工作日", source: PRODUCT_DEFAULT },
  {
    code: "review.remindAgainWorkdays",
    name: "办理再次提醒：到期前",
    value: "1",
    unit: "工作日",
    source: PRODUCT_DEFAULT,
  },
  {
    code: "duplicate.similarity",
    name: "查重：名称相似须说明",
    value: "0.45",
    unit: "相似度",
    source: PRODUCT_DEFAULT,
  },
  {
    code: "duplicate.contentSimilarity",
    name: "查重：建设内容相似须说明",
    value: "0.4",
    unit: "相似度",
    source: PRODUCT_DEFAULT,
  },
  { code: "duplicate.contentCharacters", name: "查重：内容比对最短", value: "30", unit: "字", source: PRODUCT_DEFAULT },
  {
    code: "duplicate.sharedResources",
    name: "查重：同类项目相同资源须说明",
    value: "2",
    unit: "项",
    source: PRODUCT_DEFAULT,
  },
  {
    code: "duplicate.shownSimilarity",
    name: "查重：相似度展示线",
    value: "0.3",
    unit: "相似度",
    source: PRODUCT_DEFAULT,
  },
  {
    code: "duplicate.ownShownSimilarity",
    name: "查重：本单位同类展示线",
    value: "0.2",
    unit: "相似度",
    source: PRODUCT_DEFAULT,
  },
  { code: "attachment.maxMegabytes", name: "单个附件大小上限", value: "20", unit: "MB", source: PRODUCT_DEFAULT },
  {
    code: "attachment.projectQuotaMegabytes",
    name: "单个项目附件总量",
    value: "200",
    unit: "MB",
    source: PRODUCT_DEFAULT,
  },
  {
    code: "filing.cryptoPlanFromLevel",
    name: "须有密码应用方案的等保级别",
    value: "3",
    unit: "级",
    source: CRYPTO_RULES,
  },
  {
    code: "filing.mlpsNumberFromLevel",
    name: "须填等保备案号的等保级别",
    value: "2",
    unit: "级",
    source: SECURITY_RULES,
  },
  { code: "filing.offCloudFromLevel", name: "可不上政务云的等保级别", value: "4", unit: "级", source: LOCAL_PLAN },
  {
    code: "filing.yearsAfterCompletion",
    name: "完工后仍可安排资金的年数",
    value: "1",
    unit: "年",
    source: PRODUCT_DEFAULT,
  },
  { code: "lapse.warnDays", name: "批复失效前提醒", value: "30", unit: "天", source: PRODUCT_DEFAULT },
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
  { code: "catalog.dueSoonDays", name: "资源更新到期提醒", value: "5", unit: "天", source: PRODUCT_DEFAULT },
  { code: "catalog.nameSimilarity", name: "资源名称近似提示线", value: "0.6", unit: "相似度", source: PRODUCT_DEFAULT },
  { code: "export.maxRows", name: "导出最多行数", value: "100000", unit: "行", source: PRODUCT_DEFAULT },
  { code: "points.published", name: "共享积分：发布一项资源", value: "5", unit: "分", source: PRODUCT_DEFAULT },
  {
    code: "points.updatedOnTime",
    name: "共享积分：按时更新（每项资源每月至多一次）",
    value: "1",
    unit: "分",
    source: PRODUCT_DEFAULT,
  },
  {
    code: "points.demandMetInTime",
    name: "共享积分：按期满足一件需求",
    value: "3",
    unit: "分",
    source: PRODUCT_DEFAULT,
  },
  {
    code: "points.usedPerDoubling",
    name: "共享积分：当月使用次数每翻一番",
    value: "1",
    unit: "分",
    source: PRODUCT_DEFAULT,
  },
  { code: "points.usedLogBase", name: "共享积分：使用次数计分起点", value: "100", unit: "次", source: PRODUCT_DEFAULT },
  {
    code: "points.useClosingDays",
    name: "共享积分：月末后仍可补记使用次数",
    value: "10",
    unit: "天",
    source: PRODUCT_DEFAULT,
  },
  {
    code: "points.stale",
    name: "共享积分扣分：逾期未更新（每项资源每月一次）",
    value: "2",
    unit: "分",
    source: PRODUCT_DEFAULT,
  },
  {
    code: "points.refusedWithoutBasis",
    name: "共享积分扣分：无依据拒绝共享",
    value: "5",
    unit: "分",
    source: PRODUCT_DEFAULT,
  },
  {
    code: "points.errorConfirmed",
    name: "共享积分扣分：数据错误被核实",
    value: "1",
    unit: "分",
    source: PRODUCT_DEFAULT,
  },
  { code: "cloud.newTargetPercent", name: "新增系统上云率目标", value: "0", unit: "%", source: PRODUCT_DEFAULT },
  {
    code: "cloud.newTargetPercent",
    name: "新增系统上云率目标",
    value: "70",
    unit: "%",
    source: DISTRICT_PLAN,
    from: "2021-12-31",
  },
  {
    code: "cloud.newTargetPercent",
    name: "新增系统上云率目标",
    value: "80",
    unit: "%",
    source: DISTRICT_PLAN,
    from: "2022-12-31",
  },
  {
    code: "cloud.newTargetPercent",
    name: "新增系统上云率目标",
    value: "95",
    unit: "%",
    source: DISTRICT_PLAN,
    from: "2025-12-31",
  },
  { code: "cloud.excludedFromLevel", name: "不纳入上云的等保级别起点", value: "4", unit: "级", source: LOCAL_PLAN },
  { code: "cloud.blockedDays", name: "上云受阻突出显示", value: "30", unit: "天", source: PRODUCT_DEFAULT },
  { code: "inventory.confirmMonth", name: "系统清单年度确认截止月", value: "3", unit: "月", source: PRODUCT_DEFAULT },
  { code: "security.mlpsMonths", name: "三级及以上等保测评有效期", value: "12", unit: "月", source: SECURITY_RULES },
  { code: "security.mlpsLowerMonths", name: "二级等保测评有效期", value: "24", unit: "月", source: SECURITY_RULES },
  { code: "security.cryptoMonths", name: "密评有效期", value: "12", unit: "月", source: CRYPTO_RULES },
  { code: "security.remindDays", name: "测评到期首次提醒：到期前", value: "60", unit: "天", source: PRODUCT_DEFAULT },
  {
    code: "security.remindAgainDays",
    name: "测评到期再次提醒：到期前",
    value: "30",
    unit: "天",
    source: PRODUCT_DEFAULT,
  },
  { code: "cloud.targetPercent", name: "上云率目标", value: "0", unit: "%", source: PRODUCT_DEFAULT },
  { code: "cloud.targetPercent", name: "上云率目标", value: "50", unit: "%", source: LOCAL_PLAN, from: "2025-10-31" },
  { code: "cloud.targetPercent", name: "上云率目标", value: "100", unit: "%", source: LOCAL_PLAN, from: "2025-12-31" },
  { code: "change.filedPercent", name: "变更备案：概算内调整上限", value: "15", unit: "%", source: PROJECT_RULES },
  { code: "change.overrunPercent", name: "概算超可研须报告", value: "10", unit: "%", source: PROJECT_RULES },
  { code: "change.decideWorkdays", name: "变更办理时限", value: "10", unit: "工作日", source: PRODUCT_DEFAULT },
  { code: "acceptance.applyMonths", name: "完工后申请验收期限", value: "6", unit: "月", source: PROJECT_RULES },
  { code: "acceptance.warnDays", name: "申请验收到期前提醒", value: "30", unit: "天", source: PRODUCT_DEFAULT },
  { code: "acceptance.decideWorkdays", name: "验收办理时限", value: "10", unit: "工作日", source: PRODUCT_DEFAULT },
  { code: "acceptance.extensionMonths", name: "一次延期验收最长", value: "6", unit: "月", source: PRODUCT_DEFAULT },
  { code: "acceptance.trialRunMonths", name: "试运行最短", value: "1", unit: "月", source: PRODUCT_DEFAULT },
  {
    code: "acceptance.mlpsReportFromLevel",
    name: "终验须有等保测评报告的级别起点",
    value: "2",
    unit: "级",
    source: PROJECT_RULES,
  },
  {
    code: "acceptance.cryptoReportFromLevel",
    name: "终验须有密评报告的级别起点",
    value: "3",
    unit: "级",
    source: CRYPTO_RULES,
  },
  { code: "evaluation.selfOpenMonths", name: "终验后自评开始", value: "12", unit: "月", source: PROJECT_RULES },
  { code: "evaluation.selfWarnMonths", name: "终验后自评黄灯", value: "21", unit: "月", source: PRODUCT_DEFAULT },
  { code: "evaluation.selfDueMonths", name: "终验后自评期限", value: "24", unit: "月", source: EVALUATION_RULES },
  { code: "gate.testedFromLevel", name: "须测评的等保级别起点", value: "3", unit: "级", source: SECURITY_RULES },
  { code: "gate.connectDays", name: "资源发布后须挂接期限", value: "30", unit: "天", source: PRODUCT_DEFAULT },
  ...GATE_FIGURES,
  { code: "exemption.maxMonths", name: "一次豁免最长", value: "6", unit: "月", source: PRODUCT_DEFAULT },
  { code: "sanction.rectifyWorkdays", name: "限期整改时限", value: "20", unit: "工作日", source: PRODUCT_DEFAULT },
  {
    code: "execution.alarmLagPoints",
    name: "资金执行落后时间进度预警",
    value: "10",
    unit: "百分点",
    source: PRODUCT_DEFAULT,
  },
  {
    code: "execution.redLagPoints",
    name: "资金执行落后时间进度红灯",
    value: "20",
    unit: "百分点",
    source: PRODUCT_DEFAULT,
  },
  {
    code: "execution.idleDays",
    name: "资金到位后未支付预警",
    value: "90",
    unit: "天",
    source: PRODUCT_DEFAULT,
  },
  {
    code: "execution.sheetMatchDays",
    name: "国库支付明细与登记日期允许相差",
    value: "5",
    unit: "天",
    source: PRODUCT_DEFAULT,
  },
  {
    code: "funding.priceComparedYears",
    name: "单价比对的项目年限",
    value: "3",
    unit: "年",
    source: PRODUCT_DEFAULT,
  },
  {
    code: "funding.priceSimilarity",
    name: "单价比对：明细名称相似度",
    value: "0.4",
    unit: "相似度",
    source: PRODUCT_DEFAULT,
  },
  {
    code: "funding.priceHighPercent",
    name: "单价高于同类中位数提示",
    value: "20",
    unit: "%",
    source: PRODUCT_DEFAULT,
  },
  { code: "delivery.maxAttempts", name: "目录平台发送停止重试", value: "12", unit: "次", source: PRODUCT_DEFAULT },
  { code: "gate.staleCycles", name: "资源逾期不更新关闸周期数", value: "1", unit: "个周期", source: PRODUCT_DEFAULT },
  { code: "grade.excellent", name: "“优”起评分", value: "90", unit: "分", source: EVALUATION_RULES },
  { code: "grade.good", name: "“良”起评分", value: "80", unit: "分", source: EVALUATION_RULES },
  { code: "grade.medium", name: "“中”起评分", value: "60", unit: "分", source: EVALUATION_RULES },
  { code: "objection.workdays", name: "考核申诉期", value: "5", unit: "工作日", source: PRODUCT_DEFAULT },
  { code: "bulletin.praiseTop", name: "通报表扬名次", value: "3", unit: "名", source: PRODUCT_DEFAULT },
  { code: "bulletin.praiseRise", name: "通报表扬上升名次", value: "3", unit: "名", source: PRODUCT_DEFAULT },
  { code: "bulletin.namedAtMost", name: "通报正文点名上限", value: "10", unit: "个", source: PRODUCT_DEFAULT },
  {
    code: "supervision.talkAfterReds",
    name: "约谈：连续红色督办达到",
    value: "3",
    unit: "次",
    source: PRODUCT_DEFAULT,
  },
  { code: "supervision.talkWorkdays", name: "约谈办理时限", value: "10", unit: "工作日", source: PRODUCT_DEFAULT },
  {
    code: "report.remindFirstWorkdays",
    name: "月报首次提醒：截止前",
    value: "7",
    unit: "工作日",
    source: PRODUCT_DEFAULT,
  },
  {
    code: "report.remindAgainWorkdays",
    name: "月报再次提醒：截止前",
    value: "3",
    unit: "工作日",
    source: PRODUCT_DEFAULT,
  },
  {
    code: "report.remindLastWorkdays",
    name: "月报最后提醒：截止前",
    value: "1",
    unit: "工作日",
    source: PRODUCT_DEFAULT,
  },
  {
    code: "report.overdueEveryWorkdays",
    name: "月报逾期后再提醒：每",
    value: "5",
    unit: "工作日",
    source: PRODUCT_DEFAULT,
  },
  { code: "report.overdueReminders", name: "月报逾期提醒：最多", value: "4", unit: "次", source: PRODUCT_DEFAULT },
  { code: "forecast.months", name: "完工预测：取近几个月的月报", value: "6", unit: "月", source: PRODUCT_DEFAULT },
  {
    code: "coordination.answerWorkdays",
    name: "需协调事项答复时限",
    value: "15",
    unit: "工作日",
    source: PRODUCT_DEFAULT,
  },
  { code: "message.robotPerMinute", name: "群机器人每分钟最多发送", value: "20", unit: "条", source: PRODUCT_DEFAULT },
  { code: "supervision.blueWorkdays", name: "蓝色提醒：距到期", value: "3", unit: "工作日", source: PRODUCT_DEFAULT },
  { code: "supervision.redWorkdays", name: "红色督办：逾期超过", value: "10", unit: "工作日", source: PRODUCT_DEFAULT },
  { code: "supervision.defaultWorkdays", name: "督办默认时限", value: "15", unit: "工作日", source: PRODUCT_DEFAULT },
  { code: "expert.panelMinimum", name: "专家组最少人数", value: "3", unit: "人", source: PRODUCT_DEFAULT },
  { code: "expert.opinionWorkdays", name: "专家意见时限", value: "5", unit: "工作日", source: PRODUCT_DEFAULT },
  { code: "delegation.maxDays", name: "一次委托代办最长天数", value: "60", unit: "天", source: PRODUCT_DEFAULT },
  { code: "import.maxRows", name: "目录一次导入行数上限", value: "100000", unit: "行", source: PRODUCT_DEFAULT },
  { code: "login.perAccount", name: "单个账号登录失败上限", value: "5", unit: "次", source: SECURITY_RULES },
  { code: "login.perAddress", name: "单个地址登录失败上限", value: "20", unit: "次", source: SECURITY_RULES },
  { code: "login.lockMinutes", name: "登录锁定时长", value: "20", unit: "分钟", source: SECURITY_RULES },
];

export async function seedRuleFigures(tx: Transaction): Promise<void> {
  const rows = FIGURES.map(({ from, ...figure }) => ({ ...figure, inForceFrom: localDate(from ?? ALWAYS) }));
  const known = await tx.select({ code: ruleFigures.code, inForceFrom: ruleFigures.inForceFrom }).from(ruleFigures);
  const keys = new Set(known.map(({ code, inForceFrom }) => `${code} ${inForceFrom}`));
  // What an administrator took back stays taken back.
  const missing = rows.filter(({ code, inForceFrom }) => !keys.has(`${code} ${inForceFrom}`));
  if (missing.length > 0) await tx.insert(ruleFigures).values(missing.map((row) => ({ ...row, id: newId() })));
}
