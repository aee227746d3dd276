import { compare, parseRational } from "../kernel/rational";
import { accept, refuse, type Result } from "../kernel/result";
import { GATE_BLOCKS, GATE_CAUSES, gateFlag, keysOf } from "../kernel/vocabulary";

/** What values a rule figure can take, and which rule reads it. */
export interface FigureKind {
  /** how it is written: whole, or with so many decimals at most */
  readonly decimals: 0 | 1 | 2;
  readonly min: string;
  readonly max: string;
  /** where the figure decides, as a person who is judged by it would ask */
  readonly usedIn: string;
}

const count = (max: number, usedIn: string, min = 1): FigureKind => ({
  decimals: 0,
  min: `${min}`,
  max: `${max}`,
  usedIn,
});
const percent = (usedIn: string): FigureKind => ({ decimals: 2, min: "0", max: "100", usedIn });
const score = (usedIn: string): FigureKind => ({ decimals: 2, min: "0", max: "100", usedIn });
const similarity = (usedIn: string): FigureKind => ({ decimals: 2, min: "0.1", max: "1", usedIn });
const level = (usedIn: string): FigureKind => count(5, usedIn);
/** yes is 1, no is 0 */
const flag = (usedIn: string): FigureKind => count(1, usedIn, 0);

/** What each cause of a closed gate blocks: one flag for each pair. */
const GATE_FLAGS: Readonly<Record<string, FigureKind>> = Object.fromEntries(
  keysOf(GATE_CAUSES).flatMap((cause) =>
    keysOf(GATE_BLOCKS).map((block) => [
      gateFlag(cause, block),
      flag(`共享闸口：“${GATE_CAUSES[cause]}”的单位，${GATE_BLOCKS[block]}是否停办；1 停办，0 不停办。`),
    ]),
  ),
);

/** The topic of a figure, by the first part of its code. */
export const FIGURE_TOPICS: Readonly<Record<string, string>> = {
  review: "审核时限",
  filing: "立项填报",
  attachment: "附件",
  duplicate: "查重",
  expert: "专家评审",
  delegation: "委托代办",
  lapse: "批复失效",
  change: "项目变更",
  acceptance: "验收",
  evaluation: "绩效评价",
  light: "进度灯",
  demand: "数据需求与纠错",
  points: "共享积分",
  catalog: "资源目录",
  export: "导入导出",
  import: "导入导出",
  gate: "共享闸口",
  exemption: "共享闸口",
  sanction: "惩戒",
  execution: "资金执行",
  funding: "资金评估",
  delivery: "目录平台",
  cloud: "上云迁移",
  inventory: "系统清单",
  security: "安全测评",
  supervision: "督办",
  report: "月报",
  forecast: "完工预测",
  coordination: "需协调事项",
  message: "消息发送",
  grade: "考核等次",
  objection: "考核申诉",
  bulletin: "通报",
  login: "登录安全",
};

/** Every figure that a rule reads. A code that is not here cannot be given a value. */
export const FIGURE_KINDS: Readonly<Record<string, FigureKind>> = {
  "review.formCheckWorkdays": count(60, "形式审查开始时据此计算截止日；已开始的审查不变。"),
  "review.approvalWorkdays": count(60, "立项审核开始时据此计算截止日；已开始的审核不变。"),
  "review.supplementWorkdays": count(60, "退回补正时据此计算补正截止日；已退回的不变。"),
  "review.fundingWorkdays": count(60, "资金评估审查开始时据此计算截止日；已开始的评估不变。"),
  "duplicate.similarity": similarity("查重：名称相似度达到该值的项目和系统须写明差异说明，提交前检查和审核页都用它。"),
  "attachment.maxMegabytes": count(500, "上传附件时检查单个文件的大小。"),
  "attachment.projectQuotaMegabytes": count(10_000, "上传附件时检查一个项目附件的总量。"),
  "filing.cryptoPlanFromLevel": level("填报检查：达到该等保级别的项目须写明密码应用方案。"),
  "filing.mlpsNumberFromLevel": level("填报检查：达到该等保级别的升级改造项目须填写等保备案号。"),
  "filing.offCloudFromLevel": level("填报检查：达到该等保级别的项目可以不部署在政务云。"),
  "filing.yearsAfterCompletion": count(10, "填报检查：年度资金安排最晚可到完工后的第几年。", 0),
  "expert.panelMinimum": count(21, "组建专家组时检查最少人数；人数须为单数。"),
  "expert.opinionWorkdays": count(60, "专家组成立时据此计算提交意见的截止日。"),
  "delegation.maxDays": count(365, "委托代办时检查最长天数。"),
  "review.yellowWorkdays": count(60, "办理倒计时剩余不超过该工作日数时显示黄灯。", 0),
  "review.remindWorkdays": count(60, "到期前该工作日数时，首次提醒承办人。"),
  "review.remindAgainWorkdays": count(60, "到期前该工作日数时，再次提醒承办人。"),
  "duplicate.contentSimilarity": similarity("查重：建设内容相似度达到该值的项目须写明差异说明。"),
  "duplicate.contentCharacters": count(1000, "查重：建设内容不足该字数的不比对内容，只比对名称。"),
  "duplicate.sharedResources": count(100, "查重：同类项目相同数据资源达到该项数的须写明差异说明。"),
  "duplicate.shownSimilarity": similarity("查重：相似度达到该值的项目和系统列出供比对。"),
  "duplicate.ownShownSimilarity": similarity("查重：本单位同类项目相似度达到该值的列出供比对。"),
  "catalog.dueSoonDays": count(60, "资源更新到期前该天数内标为即将到期。", 0),
  "catalog.nameSimilarity": similarity("登记资源时，名称相似度达到该值的已有资源列出供核对。"),
  "export.maxRows": count(1_000_000, "导出目录时最多导出的行数，超过时在文件中注明。"),
  "import.maxRows": count(1_000_000, "一次导入目录的最多行数，超过时请拆分文件。"),
  "lapse.years": count(10, "批复后逾期未开工的项目由系统每日检查并作失效处理。"),
  "lapse.warnDays": count(365, "批复失效前提醒建设单位，每个失效日只提醒一次。"),
  "change.filedPercent": percent(
    "变更提交时判定：概算内调整不超过该比例且理由符合规定的备案，其余重新审批；已提交的变更不变。",
  ),
  "change.overrunPercent": percent("变更提交时判定：变更后概算超过可研估算该比例以上的须报告；已提交的变更不变。"),
  "change.decideWorkdays": count(60, "变更签批上报时据此计算数据局办理的截止日。"),
  "acceptance.applyMonths": count(60, "完工后申请验收的期限。"),
  "acceptance.warnDays": count(365, "申请验收到期前提醒建设单位，每个到期日只提醒一次。"),
  "acceptance.decideWorkdays": count(60, "验收申请签批上报时据此计算数据局办理的截止日。"),
  "acceptance.extensionMonths": count(24, "申请延期验收时检查一次最长可延多久。"),
  "acceptance.trialRunMonths": count(24, "申请终验时检查试运行是否满该月数。", 0),
  "acceptance.mlpsReportFromLevel": level("终验检查：达到该等保级别的项目须有等级保护测评报告。"),
  "acceptance.cryptoReportFromLevel": level("终验检查：达到该等保级别的项目须有密码应用安全性评估报告。"),
  "evaluation.selfOpenMonths": count(60, "终验满该月数起可以自评。"),
  "evaluation.selfWarnMonths": count(60, "终验满该月数仍未自评的项目亮黄灯。"),
  "evaluation.selfDueMonths": count(60, "终验满该月数仍未自评的项目，自评得分按 0 分计入考核。"),
  "light.redLagPoints": percent("每日判定进度灯：落后计划达到该百分点亮红灯。"),
  "light.yellowLagPoints": percent("每日判定进度灯：落后计划达到该百分点亮黄灯。"),
  "light.redOverdueDays": count(365, "每日判定进度灯：节点逾期超过该天数亮红灯。", 0),
  "light.redMissingReports": count(12, "每日判定进度灯：缺报月报达到该份数亮红灯。"),
  "report.remindFirstWorkdays": count(20, "月报截止前剩余不超过该工作日数时首次提醒填报人和分管领导。"),
  "report.remindAgainWorkdays": count(20, "月报截止前剩余不超过该工作日数时再次提醒。"),
  "report.remindLastWorkdays": count(20, "月报截止前剩余不超过该工作日数时最后提醒。"),
  "report.overdueEveryWorkdays": count(60, "月报逾期后，每隔该工作日数再提醒一次。"),
  "report.overdueReminders": count(20, "月报逾期后最多提醒的次数，之后由数据局催报。", 0),
  "forecast.months": count(24, "完工预测取近几个已报送月份的实际进度推算趋势。", 2),
  "coordination.answerWorkdays": count(120, "单位提出需协调事项时据此计算领导小组答复的截止日；已提出的不变。"),
  "message.robotPerMinute": count(60, "向同一个群机器人每分钟最多发送的消息数，超出的合并或顺延。"),
  "supervision.talkAfterReds": count(12, "单位连续该次数红色督办后发起约谈。"),
  "supervision.talkWorkdays": count(60, "发起约谈时据此计算办理期限。"),
  "demand.checkWorkdays": count(60, "数据需求提出后，数据局合规审查的截止日。"),
  "demand.answerUnconditionalWorkdays": count(60, "无条件共享的数据需求，提供方答复的截止日。"),
  "demand.answerConditionalWorkdays": count(60, "有条件共享的数据需求，提供方答复的截止日。"),
  "demand.deliveryWorkdays": count(120, "提供方同意后，提供数据的截止日。"),
  "demand.correctionWorkdays": count(60, "数据纠错由提供方处理的截止日。"),
  "points.published": count(100, "共享积分：资源首次发布时加分，按发布当日的数值。", 0),
  "points.updatedOnTime": count(100, "共享积分：资源按期更新加分，同一资源一个月至多一次。", 0),
  "points.demandMetInTime": count(100, "共享积分：按期提供数据加分，按提供当日的数值。", 0),
  "points.usedPerDoubling": count(100, "共享积分：资源当月被使用达到起点加分，次数每翻一番再加一次。", 0),
  "points.usedLogBase": count(1_000_000, "共享积分：资源当月使用次数达到该值开始加分。"),
  "points.useClosingDays": count(28, "共享积分：月末后该天数内仍可补记使用，之后结转计分。", 0),
  "points.stale": count(100, "共享积分：资源逾期未更新扣分，同一资源一个月一次。", 0),
  "points.refusedWithoutBasis": count(100, "共享积分：没有依据不同意提供、被责令重新答复时扣分。", 0),
  "points.errorConfirmed": count(100, "共享积分：数据纠错经核实确有错误时扣分。", 0),
  "gate.testedFromLevel": level("资金评估的共享闸口：达到该等保级别的系统须有有效的等保测评和密评。"),
  "gate.connectDays": count(365, "资金评估的共享闸口：资源发布后超过该天数仍未挂接即关闸。", 0),
  ...GATE_FLAGS,
  "exemption.maxMonths": count(24, "申请豁免共享闸口时检查一次最长可豁免多久。"),
  "sanction.rectifyWorkdays": count(120, "作出限期整改时默认的整改期限。"),
  "execution.alarmLagPoints": percent("资金执行：支付进度落后时间进度达到该百分点时预警。"),
  "execution.redLagPoints": percent("资金执行：支付进度落后时间进度达到该百分点时亮红灯。"),
  "execution.idleDays": count(365, "资金执行：资金到位后超过该天数没有支付时预警。"),
  "execution.sheetMatchDays": count(
    31,
    "国库支付明细：没有凭证号可比对时，支付日期与登记日期相差不超过该天数视为同一笔。",
    0,
  ),
  "funding.priceComparedYears": count(10, "资金评估：单价与最近几年内批复项目的同类明细比对。"),
  "funding.priceSimilarity": similarity("资金评估：明细名称相似度达到该值的视为同类。"),
  "funding.priceHighPercent": percent("资金评估：单价高于同类中位数超过该比例时提示。"),
  "delivery.maxAttempts": count(100, "向目录平台发送失败达到该次数后停止重试，等待人工重发。"),
  "gate.staleCycles": count(12, "资金评估的共享闸口：资源逾期后再过几个更新周期仍未更新即关闸。", 0),
  "cloud.newTargetPercent": percent("新增系统上云率目标：上云页面按所属时点的目标计算。"),
  "cloud.excludedFromLevel": level("上云范围认定：达到该等保级别的系统不纳入上云率。"),
  "cloud.blockedDays": count(365, "上云看板：受阻超过该天数的系统突出显示。", 0),
  "inventory.confirmMonth": count(12, "信息系统清单：各单位每年确认清单，最晚到该月月底。"),
  "security.mlpsMonths": count(60, "登记等保测评时，三级及以上系统默认的有效期。"),
  "security.mlpsLowerMonths": count(60, "登记等保测评时，二级系统默认的有效期。"),
  "security.cryptoMonths": count(60, "登记密评时默认的有效期。"),
  "security.remindDays": count(365, "测评到期前该天数时首次提醒。"),
  "security.remindAgainDays": count(365, "测评到期前该天数时再次提醒。"),
  "cloud.targetPercent": percent("上云率目标：驾驶舱、上云页面和考核按所属时点的目标计算。"),
  "supervision.defaultWorkdays": count(120, "登记督办和通报整改时默认的办理期限。"),
  "supervision.blueWorkdays": count(60, "督办事项距到期不超过该工作日数时显示蓝色提醒。", 0),
  "supervision.redWorkdays": count(120, "督办事项逾期超过该工作日数时由橙色升为红色。", 0),
  "grade.excellent": score("考核定等：得分达到该值为“优”，按期末有效的数值计算。"),
  "grade.good": score("考核定等：得分达到该值为“良”，按期末有效的数值计算。"),
  "grade.medium": score("考核定等：得分达到该值为“中”，低于为“差”。"),
  "objection.workdays": count(60, "考核得分公布后，单位可以申诉的期限。"),
  "bulletin.praiseTop": count(20, "通报“主要成效”表扬每组前几名。"),
  "bulletin.praiseRise": count(50, "通报“主要成效”表扬位次上升达到该名次的单位。"),
  "bulletin.namedAtMost": count(100, "通报正文最多点名的个数，超过的见附件。"),
  "login.perAccount": count(20, "登录：一个账号连续失败达到该次数即锁定。"),
  "login.perAddress": count(200, "登录：一个网络地址连续失败达到该次数即锁定。"),
  "login.lockMinutes": count(1440, "登录失败达到上限后的锁定时长。"),
};

/** The topic's words for a code. */
export const topicOf = (code: string): string => FIGURE_TOPICS[code.split(".")[0] ?? ""] ?? "其他";

export type FigureValueRefusal = "figureUnknown" | "notANumber" | "tooManyDecimals" | "outOfBounds";

/**
 * Reads a typed value of a figure: full-width digits and a percent sign are understood, leading and trailing zeros are
 * dropped, so that the same value is always written the same way.
 * Refuses with figureUnknown, notANumber, tooManyDecimals, outOfBounds.
 */
export function readFigureValue(code: string, typed: string): Result<string, FigureValueRefusal> {
  const kind = FIGURE_KINDS[code];
  if (!kind) return refuse({ code: "figureUnknown", field: "value" });
  const plain = typed.normalize("NFKC").trim().replace(/%$/, "");
  if (!/^\d{1,9}$/.test(plain) && !/^\d{1,9}\.\d{1,9}$/.test(plain))
    return refuse({ code: "notANumber", field: "value" });
  const [digits = "", decimals = ""] = plain.split(".");
  const whole = String(Number(digits));
  const fraction = decimals.replace(/0+$/, "");
  if (fraction.length > kind.decimals)
    return refuse({ code: "tooManyDecimals", field: "value", facts: { decimals: kind.decimals } });
  const value = fraction ? `${whole}.${fraction}` : whole;
  const exact = parseRational(value);
  if (compare(exact, parseRational(kind.min)) < 0 || compare(exact, parseRational(kind.max)) > 0)
    return refuse({ code: "outOfBounds", field: "value", facts: { min: kind.min, max: kind.max } });
  return accept(value);
}
